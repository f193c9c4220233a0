package io.muster.agent;

import io.muster.agent.inventory.FileInventorySource;
import io.muster.agent.inventory.InventorySource;
import io.muster.agent.inventory.LinkInventorySource;
import io.muster.agent.settings.AgentSettings;
import io.muster.agent.settings.LinkSettings;
import io.muster.settings.Variables;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Where a verb's configuration comes from. Without a logger: it is read to set the log up. */
final class ConfigOption {
  static final Path WORKING_FOLDER = Path.of("");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Inventory file; wins over MUSTER_CONFIG. Default: infrastructure_config.json, else"
              + " proxmox_config.json.")
  private @Nullable Path file;

  private @Nullable CommandSpec verb;

  /** The verb that has this option, be it through another mixin: its program may have it too. */
  void belongTo(@Nullable CommandSpec owner) {
    verb = owner;
  }

  private Variables variables() {
    Variables variables = Variables.read(System.getenv(), WORKING_FOLDER);
    Path named = file != null ? file : namedBeforeTheVerb();
    return named == null
        ? variables
        : variables.with("MUSTER_CONFIG", named.toString(), "--config");
  }

  /** {@code muster-agent --config FILE check} means the same as {@code check --config FILE}. */
  private @Nullable Path namedBeforeTheVerb() {
    CommandSpec program = verb == null ? null : verb.parent();
    return program == null ? null : program.findOption("--config").getValue();
  }

  /**
   * The agent's own settings.
   *
   * @throws io.muster.protocol.configuration.ConfigurationException with everything that is wrong
   */
  AgentSettings settings() {
    return AgentSettings.read(variables());
  }

  /**
   * The servers, read now and watched until closed.
   *
   * @throws io.muster.protocol.configuration.ConfigurationException with everything that is wrong
   */
  InventorySource inventory(AgentSettings settings) {
    LinkSettings link = settings.link();
    if (link != null) {
      IgnoredInventory.warn(settings, variables());
      return LinkInventorySource.open(settings.dataFolder(), settings.site(), link.token());
    }
    return FileInventorySource.open(
        settings.site(), settings.inventoryFile(), WORKING_FOLDER, variables());
  }
}
