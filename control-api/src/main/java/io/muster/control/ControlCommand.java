package io.muster.control;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** {@code muster-control}: without a verb, it runs. */
@Command(
    name = "muster-control",
    description = "Keeps inventory and accounts, and asks the sites' agents.",
    subcommands = {RunCommand.class, RotateKeyCommand.class, HelpCommand.class},
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Settings come from environment variables (PORT, DATABASE_URL, …) or, under the same names,",
      "from application.yml in the working folder.",
      "Exit code: 0 all well, 1 something failed, 2 wrong usage or configuration."
    })
final class ControlCommand implements Callable<Integer> {
  @Override
  public Integer call() throws InterruptedException {
    return RunCommand.run();
  }
}
