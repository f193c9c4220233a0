package io.muster.e2e.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code ./muster} of one person, with a home of its own and no terminal. */
record Muster(Path home) {
  private static final Path CHECKOUT =
      Path.of(System.getProperty("muster.checkout", "..")).toAbsolutePath().normalize();

  private static final int PATIENCE_SECONDS = 120;

  /** What it said. */
  record Said(int exitCode, String out, String err) {
    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }

    /** The same, when it did what it should. */
    Said done() {
      if (exitCode != 0) {
        throw new AssertionError("It ended with " + exitCode + ":\n" + out + err);
      }
      return this;
    }
  }

  Said run(String... arguments) throws IOException, InterruptedException {
    return piping("", arguments);
  }

  /** What goes on until it is closed; it speaks to files of its own. */
  record Running(Process process, Path out, Path err) implements AutoCloseable {
    String said() throws IOException {
      return Files.readString(out) + Files.readString(err);
    }

    @Override
    public void close() {
      process.destroy();
      try {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          throw new AssertionError("It has not ended: " + process);
        }
      } catch (InterruptedException ended) {
        Thread.currentThread().interrupt();
      } finally {
        process.destroyForcibly();
      }
    }
  }

  Running start(String... arguments) throws IOException {
    var out = home.resolve("running-stdout");
    var err = home.resolve("running-stderr");
    var process =
        builder(arguments).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    return new Running(process, out, err);
  }

  Said piping(String input, String... arguments) throws IOException, InterruptedException {
    var in = Files.writeString(home.resolve("stdin"), input);
    var out = home.resolve("stdout");
    var err = home.resolve("stderr");
    var process =
        builder(arguments)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("It has not ended: " + List.of(arguments));
    }
    return new Said(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  private ProcessBuilder builder(String... arguments) {
    var command = new ArrayList<>(List.of(CHECKOUT.resolve("muster").toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(home.toFile());
    builder.environment().keySet().removeIf(key -> key.startsWith("MUSTER_"));
    builder.environment().remove("XDG_CONFIG_HOME");
    builder.environment().put("HOME", home.toString());
    builder.environment().put("MUSTER_BUILD", "never");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder;
  }
}
