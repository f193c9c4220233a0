package io.muster.simulator.openstack.model;

import java.time.Instant;
import java.util.List;

/**
 * What of a machine never changes.
 *
 * @param number in {@code instance-0000001a}, and of its chance
 * @param project id
 */
public record InstanceSpec(
    String id,
    int number,
    String project,
    String user,
    String hostname,
    Instant created,
    Port port,
    List<String> tags) {
  public InstanceSpec {
    tags = List.copyOf(tags);
  }

  /** What the hypervisor calls it. */
  public String domain() {
    return "instance-%08x".formatted(number);
  }
}
