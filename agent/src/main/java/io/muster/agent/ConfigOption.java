package io.muster.agent;

import io.muster.agent.inventory.FileInventorySource;
import io.muster.agent.settings.AgentSettings;
import io.muster.agent.settings.Variables;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a verb's configuration comes from. */
final class ConfigOption {
  static final Path WORKING_FOLDER = Path.of("");

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Inventory file; wins over MUSTER_CONFIG. Default: infrastructure_config.json, else"
              + " proxmox_config.json.")
  private @Nullable Path file;

  private Variables variables() {
    Variables variables = Variables.read(System.getenv(), WORKING_FOLDER);
    return file == null ? variables : variables.with("MUSTER_CONFIG", file.toString(), "--config");
  }

  /**
   * The agent's own settings.
   *
   * @throws io.muster.agent.settings.ConfigurationException with everything that is wrong
   */
  AgentSettings settings() {
    return AgentSettings.read(variables());
  }

  /**
   * The servers, read now and watched until closed.
   *
   * @throws io.muster.agent.settings.ConfigurationException with everything that is wrong
   */
  FileInventorySource inventory(AgentSettings settings) {
    return FileInventorySource.open(
        settings.site(), settings.inventoryFile(), WORKING_FOLDER, variables());
  }
}
