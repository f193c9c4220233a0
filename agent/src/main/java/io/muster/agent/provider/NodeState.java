package io.muster.agent.provider;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a node is, at the tick that saw it; null = unknown.
 *
 * @param cluster what the platform calls itself
 * @param statusDetail the platform's own word
 * @param conditions the bad ones only
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
    List<String> labels) {
  public NodeState {
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(status, "status");
    conditions = List.copyOf(conditions);
    addresses = List.copyOf(addresses);
    roles = List.copyOf(roles);
    labels = List.copyOf(labels);
  }
}
