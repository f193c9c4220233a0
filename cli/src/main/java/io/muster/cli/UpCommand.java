package io.muster.cli;

import io.muster.cli.local.Installation;
import io.muster.cli.local.Screen;
import io.muster.cli.local.UpOptions;
import io.muster.cli.local.UpRun;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code muster up}: the agent against real servers. */
@Command(
    name = "up",
    description = "Starts QuestDB, the agent and the control API against real servers.")
final class UpCommand implements Callable<Integer> {
  @Mixin private LocalArguments local = new LocalArguments();

  @Option(
      names = "--name",
      description = "Several installations of one checkout need several names.")
  private String name = "up";

  @Option(names = "--config", description = "The inventory file.")
  private @Nullable Path config;

  @Option(
      names = "--control",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Starts a control API, which has the inventory; else the agent follows the file.")
  private boolean control;

  @Option(names = "--questdb-url", description = "A QuestDB that runs already.")
  private @Nullable String questdbUrl;

  @Override
  public Integer call() throws Exception {
    var options = new UpOptions(local.named(name), config, questdbUrl, control);
    return new UpRun(Installation.ofThisProgram(), options, Screen.ofThisProgram()).run();
  }
}
