package io.muster.agent;

import io.muster.agent.inventory.Inventory;
import io.muster.agent.inventory.InventorySource;
import io.muster.agent.provider.Destinations;
import io.muster.agent.settings.AgentSettings;
import io.muster.agent.settings.Proxies;
import io.muster.protocol.Server;
import io.muster.settings.PlainFailureException;
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
   * @throws io.muster.protocol.configuration.ConfigurationException with everything that is wrong
   * @throws CommandLine.ParameterException when no server has the name
   */
  Chosen read() {
    config.belongTo(verb);
    return named(config, name, verb);
  }

  /** The only one, for verbs that are about one server. */
  Server one(Chosen chosen) {
    if (chosen.servers().size() != 1) {
      throw new CommandLine.ParameterException(
          verb == null ? Main.commandLine() : verb.commandLine(),
          "--server is needed; there are: " + names(chosen.servers()));
    }
    return chosen.servers().getFirst();
  }

  /** The same for a name that was given otherwise. */
  static Chosen named(ConfigOption config, @Nullable String name, @Nullable CommandSpec verb) {
    AgentSettings settings = config.settings();
    Destinations.deny(settings.denyAddresses());
    List<Server> all;
    try (InventorySource source = config.inventory(settings)) {
      Inventory inventory = source.current();
      if (inventory == null) {
        throw new PlainFailureException(
            "No inventory was kept from the control API yet in %s: let the agent run once"
                .formatted(settings.dataFolder()),
            null);
      }
      all = inventory.servers();
    }
    if (name == null) {
      return new Chosen(all, settings.proxies());
    }
    List<Server> chosen = all.stream().filter(s -> s.entry().name().equals(name)).toList();
    if (chosen.isEmpty()) {
      CommandLine command = verb == null ? Main.commandLine() : verb.commandLine();
      throw new CommandLine.ParameterException(
          command, "no server is named '%s'; there are: %s".formatted(name, names(all)));
    }
    return new Chosen(chosen, settings.proxies());
  }

  private static String names(List<Server> servers) {
    return String.join(", ", servers.stream().map(s -> s.entry().name()).toList());
  }
}
