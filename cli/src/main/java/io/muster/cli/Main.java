package io.muster.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code muster} command. */
@Command(
    name = "muster",
    subcommands = {DemoCommand.class, UpCommand.class, BenchCommand.class, HelpCommand.class},
    synopsisSubcommandLabel = "(demo | up | bench | help)",
    description = "Calls the roll of everything a company runs.")
public final class Main implements Runnable {
  private Main() {}

  /** Exit codes: 0 done, 1 failed, 2 not understood. */
  public static void main(String[] arguments) {
    System.setOut(
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
    System.setErr(
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main())
        .setParameterExceptionHandler(new NotUnderstood())
        .setExecutionExceptionHandler(new PlainFailure())
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public void run() {
    System.out.print(HelpCommand.text());
  }
}
