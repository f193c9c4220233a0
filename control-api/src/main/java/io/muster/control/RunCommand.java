package io.muster.control;

import io.muster.control.settings.ControlSettings;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** {@code muster-control run}: until it is told to stop. */
@Command(
    name = "run",
    description = "Answers until it is stopped (the default).",
    mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(RunCommand.class);

  @Override
  public Integer call() throws InterruptedException {
    return run();
  }

  static int run() throws InterruptedException {
    ControlApi api = ControlApi.start(ControlSettings.read(Main.variables()));
    Runtime.getRuntime().addShutdownHook(new Thread(api::close, "shutdown"));
    LOG.info(
        "ready in {} ms: API at {}, management at {}",
        System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime(),
        api.url(),
        api.managementUrl());
    api.awaitEnd();
    return 0;
  }
}
