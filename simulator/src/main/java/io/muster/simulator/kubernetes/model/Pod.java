package io.muster.simulator.kubernetes.model;

import io.muster.simulator.kubernetes.model.ContainerState.Terminated;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pod.
 *
 * @param node empty while no node was found for it
 * @param phase {@code Pending}, {@code Running}, {@code Succeeded} or {@code Failed}
 * @param last how the first container ended before, or null
 * @param started when its node took it on, or null
 * @param reason of the pod as a whole, such as {@code Evicted}; empty: none
 */
public record Pod(
    Meta meta,
    PodTemplate template,
    String node,
    String phase,
    ContainerState state,
    @Nullable Terminated last,
    int restarts,
    @Nullable Instant started,
    String reason,
    String message)
    implements KubeObject<Pod> {

  public static final String PENDING = "Pending";
  public static final String RUNNING = "Running";
  public static final String SUCCEEDED = "Succeeded";
  public static final String FAILED = "Failed";

  @Override
  public Pod withMeta(Meta value) {
    return new Pod(value, template, node, phase, state, last, restarts, started, reason, message);
  }

  public Pod onNode(String value, @Nullable Instant since) {
    return new Pod(meta, template, value, phase, state, last, restarts, since, reason, message);
  }

  public Pod in(String newPhase, ContainerState newState) {
    return new Pod(
        meta, template, node, newPhase, newState, last, restarts, started, reason, message);
  }

  public Pod restarted(Terminated before, int count) {
    return new Pod(meta, template, node, phase, state, before, count, started, reason, message);
  }

  public Pod because(String newReason, String newMessage) {
    return new Pod(
        meta, template, node, phase, state, last, restarts, started, newReason, newMessage);
  }

  /** Whether it will never run again. */
  public boolean isFinished() {
    return phase.equals(SUCCEEDED) || phase.equals(FAILED);
  }

  public boolean isReady() {
    return phase.equals(RUNNING)
        && state instanceof ContainerState.Running(Instant _, boolean ready)
        && ready;
  }

  /** Whether whoever owns it still counts it. */
  public boolean isActive() {
    return !isFinished() && meta.deleted() == null;
  }

  /** How many of its containers are ready. */
  public int readyContainers() {
    if (!phase.equals(RUNNING)) {
      return 0;
    }
    return template.containers().size() - (isReady() ? 0 : 1);
  }
}
