package io.muster.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * {@code ./muster} as a process, with what it prints. Closing it ends it and removes its state
 * folder.
 */
public final class Launcher implements AutoCloseable {
  /** QuestDB, simulator and agent take 2–3 s each; the machine may be busy with other builds. */
  private static final Duration START_PATIENCE = Duration.ofMinutes(5);

  private static final Duration END_PATIENCE = Duration.ofSeconds(45);

  private static final Path CHECKOUT = Path.of(System.getProperty("muster.checkout", ".."));

  private final Process process;
  private final Path stateFolder;
  private final List<String> output = new CopyOnWriteArrayList<>();
  private final Thread reader;

  private Launcher(Process process, Path stateFolder) {
    this.process = process;
    this.stateFolder = stateFolder;
    this.reader = Thread.ofVirtual().start(this::read);
  }

  /**
   * Runs {@code ./muster <verb> --name <name> …} from the system's temporary folder: it works from
   * anywhere.
   */
  static Launcher start(String verb, String name, String... more) throws IOException {
    return startIn(checkout(), verb, name, more);
  }

  static Launcher startIn(Path checkout, String verb, String name, String... more)
      throws IOException {
    var options = new ArrayList<>(List.of(more));
    options.add("--no-grafana");
    return start(checkout, Map.of(), verb, name, options);
  }

  /** With the Grafana of that folder beside the others. */
  public static Launcher startWithGrafana(
      Path grafanaHome, String verb, String name, String... more) throws IOException {
    var environment = Map.of("GRAFANA_HOME", grafanaHome.toString());
    return start(checkout(), environment, verb, name, List.of(more));
  }

  /** With the Grafana that is on this machine beside the others. */
  public static Launcher startWithGrafana(String verb, String name) throws IOException {
    return start(checkout(), Map.of(), verb, name, List.of());
  }

  private static Launcher start(
      Path checkout,
      Map<String, String> environment,
      String verb,
      String name,
      List<String> options)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(checkout.resolve("muster").toString());
    command.addAll(List.of(verb, "--name", name));
    command.addAll(options);
    var builder =
        new ProcessBuilder(command)
            .directory(Path.of(System.getProperty("java.io.tmpdir")).toFile())
            .redirectErrorStream(true);
    builder.environment().put("MUSTER_BUILD", "never");
    builder.environment().putAll(environment);
    return new Launcher(builder.start(), checkout.resolve(".muster").resolve(name));
  }

  /** Another checkout of the same programs: what Java finds its folder by is there itself. */
  static Path anotherCheckout(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("cli/target"));
    for (var own : List.of("muster", "cli/target/muster-cli.jar")) {
      Files.copy(checkout().resolve(own), folder.resolve(own), StandardCopyOption.COPY_ATTRIBUTES);
    }
    for (var same :
        List.of(
            ".mvn", "cli/target/lib", "cli/target/questdb", "agent", "control-api", "simulator")) {
      Files.createSymbolicLink(folder.resolve(same), checkout().resolve(same));
    }
    return folder;
  }

  private static Path checkout() {
    return CHECKOUT.toAbsolutePath().normalize();
  }

  /** Blocks until it has told where everything runs; ends it when it does not. */
  public Launcher awaitStarted() throws IOException {
    try {
      Wait.until(START_PATIENCE, () -> "the demo is up; it says:\n" + text(), this::isStarted);
      return this;
    } catch (AssertionError e) {
      close();
      throw e;
    }
  }

  private boolean isStarted() {
    if (!process.isAlive()) {
      throw new AssertionError(
          "The launcher ended with %d:\n%s".formatted(process.exitValue(), text()));
    }
    return text().contains("Ctrl-C ends all of it.");
  }

  public JsonNode endpoints() throws IOException {
    return new ObjectMapper().readTree(Files.readString(stateFolder.resolve("endpoints.json")));
  }

  public Path stateFolder() {
    return stateFolder;
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Programs that it started. */
  public List<ProcessHandle> programs() {
    return process.children().toList();
  }

  ProcessHandle program(String jar) {
    return programs().stream()
        .filter(child -> child.info().commandLine().orElse("").contains(jar))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No program with " + jar + " runs"));
  }

  public String text() {
    return String.join("\n", output);
  }

  void terminate() {
    // The handle's way leaves the output open: what it says last is read too.
    process.toHandle().destroy();
  }

  public int awaitExit() throws InterruptedException {
    if (!process.waitFor(END_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("The launcher has not ended; it says:\n" + text());
    }
    reader.join();
    return process.exitValue();
  }

  @Override
  public void close() throws IOException {
    terminate();
    try {
      awaitExit();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (Files.exists(stateFolder)) {
      try (var files = Files.walk(stateFolder)) {
        for (var file : files.toList().reversed()) {
          Files.delete(file);
        }
      }
    }
  }

  private void read() {
    try (var lines = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
      lines.lines().forEach(output::add);
    } catch (IOException ended) {
      output.add("(output ended: " + ended.getMessage() + ")");
    }
  }
}
