package io.muster.simulator.kubernetes.model;

import java.time.Instant;
import java.util.Map;

/**
 * A node.
 *
 * @param heartbeat when its kubelet was last heard
 * @param lost whether the control plane gave it up
 * @param changed when that began or ended
 */
public record Node(
    Meta meta,
    String address,
    int kubeletPort,
    int cores,
    long memoryBytes,
    long diskBytes,
    int maxPods,
    boolean unschedulable,
    Map<String, Boolean> pressure,
    Instant heartbeat,
    boolean lost,
    Instant changed)
    implements KubeObject<Node> {
  public Node {
    pressure = Map.copyOf(pressure);
  }

  @Override
  public Node withMeta(Meta value) {
    return new Node(
        value,
        address,
        kubeletPort,
        cores,
        memoryBytes,
        diskBytes,
        maxPods,
        unschedulable,
        pressure,
        heartbeat,
        lost,
        changed);
  }

  public Node heard(Instant at) {
    return new Node(
        meta,
        address,
        kubeletPort,
        cores,
        memoryBytes,
        diskBytes,
        maxPods,
        unschedulable,
        pressure,
        at,
        lost,
        changed);
  }

  public Node lost(boolean value, Instant at) {
    return new Node(
        meta,
        address,
        kubeletPort,
        cores,
        memoryBytes,
        diskBytes,
        maxPods,
        unschedulable,
        pressure,
        heartbeat,
        value,
        at);
  }

  public Node unschedulable(boolean value) {
    return new Node(
        meta,
        address,
        kubeletPort,
        cores,
        memoryBytes,
        diskBytes,
        maxPods,
        value,
        pressure,
        heartbeat,
        lost,
        changed);
  }
}
