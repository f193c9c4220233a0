package io.muster.agent.provider;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a provider saw between two polls: the whole state of each thing that changed, {@code
 * removed} for one that is gone.
 *
 * @param at when it was seen, by the agent's clock
 * @param revision tells what is newer, this or a snapshot
 */
public record Changes(
    Instant at, Revision revision, List<NodeState> nodes, List<VmState> vms, List<Event> events) {
  public Changes {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(revision, "revision");
    nodes = List.copyOf(nodes);
    vms = List.copyOf(vms);
    events = List.copyOf(events);
  }

  /** The same with other words about its nodes. */
  public Changes withNodes(List<NodeState> others) {
    return new Changes(at, revision, others, vms, events);
  }
}
