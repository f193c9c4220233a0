package io.muster.simulator.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.simulator.proxmox.schema.ApiSchema;
import io.muster.simulator.proxmox.schema.Release;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The description of the API and the handlers know of each other. */
class RoutesTest {
  @Test
  void everyHandler_isDescribed() throws IOException {
    Set<String> described = new TreeSet<>(ApiSchema.of(Release.PVE_8_4).keys());
    described.addAll(ApiSchema.of(Release.PVE_9_2).keys());
    try (SimulatedProxmox cluster =
        SimulatedProxmox.start(ProxmoxSettings.forTests("9.2", 1).guests(0).build())) {
      Set<String> handled = new TreeSet<>(cluster.world().handlers().keySet());
      handled.removeAll(described);
      assertThat(handled).as("handlers without a description in methods.json").isEmpty();
    }
  }
}
