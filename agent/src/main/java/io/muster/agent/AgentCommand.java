package io.muster.agent;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;

/** {@code muster-agent}: without a verb, it runs. */
@Command(
    name = "muster-agent",
    description = "Polls a site's servers and writes what it sees into QuestDB.",
    subcommands = {
      RunCommand.class,
      CheckCommand.class,
      PollCommand.class,
      RecordCommand.class,
      CallCommand.class,
      MeasureReplayCommand.class,
      HelpCommand.class
    },
    versionProvider = Version.class,
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Settings come from environment variables (MUSTER_SITE, QUESTDB_URL, …) or, under the same",
      "names, from application.yml in the working folder.",
      "Exit code: 0 all well, 1 something failed, 2 wrong usage or configuration."
    })
final class AgentCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();

  @Override
  public Integer call() throws InterruptedException {
    return RunCommand.run(config);
  }
}
