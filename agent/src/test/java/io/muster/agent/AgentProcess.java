package io.muster.agent;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The agent as a process of its own, from this module's classes. */
final class AgentProcess implements AutoCloseable {
  /** JSON may escape the slashes. */
  private static final Pattern MANAGEMENT =
      Pattern.compile("management at http:[\\\\/]+([0-9.]+:[0-9]+)");

  private final Path folder;
  private final Process process;

  /**
   * Starts it.
   *
   * @param folder that it works in; its output is kept there
   * @param environment the whole of it
   */
  AgentProcess(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    this.folder = folder;
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(
        List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
    String here = System.getProperty("java.class.path");
    command.addAll(List.of("-cp", System.getProperty("surefire.test.class.path", here)));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    process = builder.start();
  }

  String out() throws IOException {
    return Files.readString(folder.resolve("out"));
  }

  /** The log, and whatever else went to the error stream. */
  String err() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  URI awaitManagement() throws InterruptedException {
    AgentRig.until("started", () -> !process.isAlive() || MANAGEMENT.matcher(err()).find());
    try {
      Matcher matcher = MANAGEMENT.matcher(err());
      if (!matcher.find()) {
        throw new AssertionError(err());
      }
      return URI.create("http://" + matcher.group(1));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(awaitManagement().resolve(path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  long pid() {
    return process.pid();
  }

  /** SIGTERM; returns at once. */
  void terminate() {
    process.destroy();
  }

  /** Returns how long it took from now to its end. */
  Duration awaitEnd() throws InterruptedException {
    long start = System.nanoTime();
    if (!process.waitFor(AgentRig.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("still running after " + AgentRig.PATIENCE);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  int exitCode() throws InterruptedException {
    awaitEnd();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
