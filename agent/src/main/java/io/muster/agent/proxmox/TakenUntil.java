package io.muster.agent.proxmox;

import io.muster.agent.provider.Coverage;
import java.util.Map;

/**
 * The newest time of measurement taken from each node, on the node's own clock, in epoch seconds.
 *
 * @param pressure the same of the pressure figures, which come by the minute
 */
record TakenUntil(Map<String, Long> samples, Map<String, Long> pressure) implements Coverage {
  TakenUntil {
    samples = Map.copyOf(samples);
    pressure = Map.copyOf(pressure);
  }
}
