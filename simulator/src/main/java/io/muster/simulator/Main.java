package io.muster.simulator;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The simulator program: one subcommand for each platform, and one for the database. */
@Command(
    name = "muster-simulator",
    description = "Platforms that behave like the real ones.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ProxmoxCommand.class,
      KubernetesCommand.class,
      OpenStackCommand.class,
      PlaybackCommand.class,
      RelayCommand.class,
      HelpCommand.class
    })
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }
}
