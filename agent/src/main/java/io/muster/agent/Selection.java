package io.muster.agent;

import io.muster.agent.inventory.FileInventorySource;
import io.muster.agent.settings.AgentSettings;
import io.muster.agent.settings.Proxies;
import io.muster.protocol.Server;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The servers that a verb is about. */
final class Selection {
  @Mixin private final ConfigOption config = new ConfigOption();

  @Option(names = "--server", paramLabel = "NAME", description = "Only this server.")
  private @Nullable String name;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec verb;

  /** What to ask, and by which ways out. */
  record Chosen(List<Server> servers, Proxies proxies) {
    Chosen {
      servers = List.copyOf(servers);
    }
  }

  /**
   * Reads settings and inventory, and lets go of them again.
   *
   * @throws io.muster.agent.settings.ConfigurationException with everything that is wrong
   * @throws CommandLine.ParameterException when no server has the name
   */
  Chosen read() {
    config.belongTo(verb);
    AgentSettings settings = config.settings();
    List<Server> all;
    try (FileInventorySource inventory = config.inventory(settings)) {
      all = inventory.current().servers();
    }
    if (name == null) {
      return new Chosen(all, settings.proxies());
    }
    List<Server> chosen = all.stream().filter(s -> s.entry().name().equals(name)).toList();
    if (chosen.isEmpty()) {
      CommandLine command = verb == null ? Main.commandLine() : verb.commandLine();
      throw new CommandLine.ParameterException(
          command,
          "no server is named '%s'; there are: %s"
              .formatted(
                  name, String.join(", ", all.stream().map(s -> s.entry().name()).toList())));
    }
    return new Chosen(chosen, settings.proxies());
  }
}
