package io.muster.simulator;

import io.muster.simulator.control.ControlServer;
import io.muster.simulator.control.Verb;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What every command that runs something takes, and how it says that it is ready. */
final class RunOptions {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec spec;

  @Option(
      names = "--control-port",
      description = "Port of the control endpoint; 0 takes a free one.")
  private int controlPort;

  @Option(
      names = "--endpoints-file",
      description =
          "Where addresses and secrets are written once all is ready (default: in --data).")
  private @Nullable Path endpointsFile;

  /** Starts the control endpoint. */
  ControlServer control(List<Verb> verbs) throws IOException {
    return control(Map.of("", verbs));
  }

  /**
   * Starts the control endpoint of several things.
   *
   * @param verbs by what stands before their paths, or nothing
   */
  ControlServer control(Map<String, List<Verb>> verbs) throws IOException {
    return ControlServer.start(controlPort, verbs);
  }

  /** The file that tells where everything is. */
  Path endpoints(Path data) {
    return endpointsFile == null ? data.resolve("endpoints.json") : endpointsFile;
  }

  /** Tells whoever started the command that all answers, and which file says where. */
  void ready(Path file) {
    PrintWriter out = command().commandLine().getOut();
    out.println("ready " + file);
    out.flush();
  }

  /** What is made of options; what it refuses is said as a mistake of usage. */
  <T> T checked(Supplier<T> made) {
    try {
      return made.get();
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()), e);
    }
  }

  /** A mistake of usage. */
  ParameterException wrong(String text, @Nullable Exception cause) {
    return new ParameterException(command().commandLine(), text, cause);
  }

  private CommandSpec command() {
    return Objects.requireNonNull(spec, "picocli sets it");
  }
}
