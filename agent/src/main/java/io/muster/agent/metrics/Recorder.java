package io.muster.agent.metrics;

import io.muster.agent.provider.Changes;
import io.muster.agent.provider.Snapshot;
import io.muster.protocol.ServerId;
import java.time.Instant;
import java.util.Set;

/**
 * Where polls put what they saw. Never blocks and never throws: what finds no room is dropped and
 * counted.
 */
public interface Recorder {
  /**
   * Records a successful poll: its samples and events, the states that changed or whose heart-beat
   * is due, and a last {@code removed} state for what is gone.
   *
   * @param tick the poll's tick
   * @return rows read, for {@code connection_metrics.rows_read}
   */
  int snapshot(Origin origin, Instant tick, Snapshot snapshot);

  /**
   * Records what changed between two polls: events, and the states that are not known yet, at the
   * time they were seen.
   */
  void changes(Origin origin, Changes changes);

  void attempt(Origin origin, ConnectionAttempt attempt);

  /** Writes on change and as heart-beat, like every state. */
  void serverState(Origin origin, Instant tick, ServerState state);

  /**
   * The inventory in force, at the start and at each change: servers that are known from before and
   * not in {@code present} get a last {@code removed} state, as do their nodes and VMs. Only to be
   * called with an inventory that was really read: an empty one removes everything. A recorder that
   * remembers nothing has nothing to do.
   */
  default void inventory(Set<ServerId> present, Instant tick) {}

  void agent(AgentSample sample);
}
