package io.muster.agent;

import io.muster.protocol.configuration.ConfigurationException;
import io.muster.settings.LogSettings;
import io.muster.settings.PlainFailureException;
import io.muster.settings.Variables;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** The agent's entry point: {@code muster-agent run | check | poll | record | call}. */
public final class Main {
  private Main() {}

  /** Exits with 0 = all well, 1 = something failed, 2 = wrong usage or configuration. */
  public static void main(String[] args) {
    letProxiesHavePasswords();
    // Before the first logger is made; what is wrong with it is told with everything else.
    LogSettings.usable(Variables.read(System.getenv(), ConfigOption.WORKING_FOLDER)).apply();
    System.exit(commandLine().execute(args));
  }

  /**
   * Java's HTTP client keeps them from tunnels unless it was told otherwise before its first use.
   */
  private static void letProxiesHavePasswords() {
    String schemes = "jdk.http.auth.tunneling.disabledSchemes";
    if (System.getProperty(schemes) == null) {
      System.setProperty(schemes, "");
    }
  }

  /** Ready to be executed; prints to the standard streams unless told otherwise. */
  static CommandLine commandLine() {
    return new CommandLine(new AgentCommand())
        .setExecutionExceptionHandler(Main::explain)
        .setCaseInsensitiveEnumValuesAllowed(true);
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
