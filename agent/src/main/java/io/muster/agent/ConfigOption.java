package io.muster.agent;

import io.muster.agent.inventory.FileInventorySource;
import io.muster.agent.settings.AgentSettings;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a verb's configuration comes from. */
final class ConfigOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "Inventory file; wins over MUSTER_CONFIG. Default: infrastructure_config.json, else"
              + " proxmox_config.json.")
  private @Nullable Path file;

  /**
   * The agent's own settings.
   *
   * @throws io.muster.agent.settings.ConfigurationException with everything that is wrong
   */
  AgentSettings settings() {
    Map<String, String> environment = System.getenv();
    return AgentSettings.read(key ->
        key.equals("MUSTER_CONFIG") && file != null ? file.toString() : environment.get(key));
  }

  /**
   * The servers, read now and watched until closed.
   *
   * @throws io.muster.agent.settings.ConfigurationException with everything that is wrong
   */
  FileInventorySource inventory(AgentSettings settings) {
    return FileInventorySource.open(
        settings.site(), settings.inventoryFile(), Path.of(""), System.getenv());
  }
}
