package io.muster.agent;

import io.muster.agent.settings.AgentSettings;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code muster-agent run}: until it is told to stop. */
@Command(
    name = "run",
    description = "Polls and writes until it is stopped (the default).",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  @Mixin private final ConfigOption config = new ConfigOption();

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws InterruptedException {
    config.belongTo(spec);
    return run(config);
  }

  static int run(ConfigOption config) throws InterruptedException {
    AgentSettings settings = config.settings();
    Agent agent = Agent.start(settings, config.inventory(settings));
    Runtime.getRuntime().addShutdownHook(new Thread(agent::close, "shutdown"));
    LOG.info(
        "ready in {} ms: site {}, management at {}",
        System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime(),
        settings.site(),
        agent.managementUrl());
    agent.awaitEnd();
    return 0;
  }
}
