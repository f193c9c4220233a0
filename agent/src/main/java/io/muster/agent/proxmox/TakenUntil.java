package io.muster.agent.proxmox;

import io.muster.agent.provider.Coverage;
import java.util.Map;

/**
 * The newest time of measurement taken from each source of the cluster, on the node's own clock, in
 * epoch seconds; named as {@link Watermarks} do.
 */
record TakenUntil(Map<String, Long> marks) implements Coverage {
  TakenUntil {
    marks = Map.copyOf(marks);
  }
}
