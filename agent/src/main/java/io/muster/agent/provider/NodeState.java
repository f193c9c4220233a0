package io.muster.agent.provider;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a node is, at the tick that saw it; null = unknown.
 *
 * @param cluster what the platform calls itself
 * @param statusDetail the platform's own word
 * @param conditions the bad ones only
 * @param maintainedUntil end of a maintenance that people set; null = none
 */
public record NodeState(
    String node,
    @Nullable String cluster,
    NodeStatus status,
    @Nullable String statusDetail,
    List<String> conditions,
    @Nullable Integer vmsRunning,
    @Nullable Integer vmsTotal,
    @Nullable String version,
    @Nullable String kernel,
    @Nullable String cpuModel,
    List<String> addresses,
    List<String> roles,
    List<String> labels,
    @Nullable Instant maintainedUntil) {
  public NodeState {
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(status, "status");
    conditions = List.copyOf(conditions);
    addresses = List.copyOf(addresses);
    roles = List.copyOf(roles);
    labels = List.copyOf(labels);
  }

  /** As a platform tells it. */
  public NodeState(
      String node,
      @Nullable String cluster,
      NodeStatus status,
      @Nullable String statusDetail,
      List<String> conditions,
      @Nullable Integer vmsRunning,
      @Nullable Integer vmsTotal,
      @Nullable String version,
      @Nullable String kernel,
      @Nullable String cpuModel,
      List<String> addresses,
      List<String> roles,
      List<String> labels) {
    this(
        node,
        cluster,
        status,
        statusDetail,
        conditions,
        vmsRunning,
        vmsTotal,
        version,
        kernel,
        cpuModel,
        addresses,
        roles,
        labels,
        null);
  }

  /**
   * The same in a maintenance: what it does meanwhile becomes the detail. A node that is gone is
   * gone.
   *
   * @param until null = in none
   */
  public NodeState maintained(@Nullable Instant until) {
    if (until == null || status == NodeStatus.REMOVED) {
      return this;
    }
    return new NodeState(
        node,
        cluster,
        NodeStatus.MAINTENANCE,
        ownWords(),
        conditions,
        vmsRunning,
        vmsTotal,
        version,
        kernel,
        cpuModel,
        addresses,
        roles,
        labels,
        until);
  }

  private String ownWords() {
    return statusDetail == null || statusDetail.equals(status.label())
        ? status.label()
        : status.label() + ": " + statusDetail;
  }
}
