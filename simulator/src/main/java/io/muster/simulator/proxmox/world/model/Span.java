package io.muster.simulator.proxmox.world.model;

/**
 * A stretch of a guest's life in which nothing happened to it.
 *
 * @param startedMs when the process started; meaningless unless alive
 * @param base the counters at the beginning of the stretch
 */
public record Span(long fromMs, String node, RunState state, long startedMs, Counters base) {
  /** Whether the node's status daemon measures it in this stretch. */
  boolean isMeasuredOn(String name) {
    return state != RunState.ABSENT && node.equals(name);
  }
}
