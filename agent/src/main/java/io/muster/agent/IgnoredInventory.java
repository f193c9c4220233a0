package io.muster.agent;

import io.muster.agent.settings.AgentSettings;
import io.muster.settings.Variables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An agent has exactly one source of servers: the control API where there is one. */
final class IgnoredInventory {
  private static final Logger LOG = LoggerFactory.getLogger(IgnoredInventory.class);

  private IgnoredInventory() {}

  /** Says what names servers beside the control API. */
  static void warn(AgentSettings settings, Variables variables) {
    if (settings.inventoryFile() != null) {
      LOG.warn(
          "MUSTER_CONFIG ({}) is ignored: MUSTER_URL is set, so the control API names the servers",
          settings.inventoryFile());
    }
    if (variables.keys().stream().anyMatch(AgentSettings::namesServer)) {
      LOG.warn(
          "PROXMOX_NODE_… variables are ignored: MUSTER_URL is set, so the control API names the"
              + " servers");
    }
  }
}
