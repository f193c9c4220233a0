package io.muster.control;

import io.muster.protocol.configuration.ConfigurationException;
import io.muster.settings.LogSettings;
import io.muster.settings.PlainFailureException;
import io.muster.settings.Variables;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** The control API's entry point: {@code muster-control run | rotate-key}. */
public final class Main {
  private Main() {}

  /** Exits with 0 = all well, 1 = something failed, 2 = wrong usage or configuration. */
  public static void main(String[] args) {
    // Before the first logger is made; what is wrong with it is told with everything else.
    LogSettings.usable(variables()).apply();
    System.exit(commandLine().execute(args));
  }

  static Variables variables() {
    return Variables.read(System.getenv(), Path.of(""));
  }

  /** Ready to be executed; prints to the standard streams unless told otherwise. */
  static CommandLine commandLine() {
    return new CommandLine(new ControlCommand()).setExecutionExceptionHandler(Main::explain);
  }

  private static int explain(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (failure instanceof ConfigurationException) {
      err.println(failure.getMessage());
      err.flush();
      return ExitCode.USAGE;
    }
    if (failure instanceof PlainFailureException) {
      err.println(failure.getMessage());
      err.flush();
      return ExitCode.SOFTWARE;
    }
    failure.printStackTrace(err);
    return ExitCode.SOFTWARE;
  }
}
