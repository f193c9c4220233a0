package io.muster.agent;

import io.muster.agent.metrics.QuestDbSettings;
import io.muster.agent.metrics.ReplayRate;
import io.muster.agent.settings.AgentSettings;
import io.muster.schema.Retention;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code muster-agent measure-replay}: a part of {@code ./muster bench}, which made the QuestDB.
 */
@Command(
    name = "measure-replay",
    hidden = true,
    description = "Writes made-up rows into an empty QuestDB and prints how fast it took them.",
    mixinStandardHelpOptions = true)
final class MeasureReplayCommand implements Callable<Integer> {
  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(names = "--rows", defaultValue = "300000", description = "How many.")
  private int rows;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    config.belongTo(spec);
    AgentSettings settings = config.settings();
    ReplayRate rate =
        ReplayRate.measure(
            settings.dataFolder(),
            new QuestDbSettings(settings.questDb().address(), Retention.DEFAULT),
            rows);
    if (spec != null) {
      PrintWriter out = spec.commandLine().getOut();
      out.printf(
          Locale.ROOT,
          "{\"spooled\":%.0f,\"replayed\":%.0f,\"bare\":%.0f}%n",
          rate.spooled(),
          rate.replayed(),
          rate.bare());
      out.flush();
    }
    return 0;
  }
}
