package io.muster.agent.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.agent.openstack.Shapes.HypervisorShape;
import org.jspecify.annotations.Nullable;

/**
 * A hypervisor.
 *
 * @param id null = Nova does not list it to this account, Placement does
 * @param name the node's
 * @param service name of its nova-compute
 * @param up whether that is heard of; null = not told
 * @param enabled whether new machines may come to it; null = not told
 * @param reason why not
 * @param capacity what it has and gave away
 */
record Host(
    @Nullable String id,
    String name,
    @Nullable String service,
    @Nullable Boolean up,
    @Nullable Boolean enabled,
    @Nullable String reason,
    @Nullable String version,
    @Nullable String address,
    @Nullable String cpuModel,
    Capacity capacity) {

  /** Null = not told. */
  record Capacity(
      @Nullable Double cores,
      @Nullable Double coresAllocated,
      @Nullable Long memoryBytes,
      @Nullable Long memoryAllocatedBytes) {
    static final Capacity UNKNOWN = new Capacity(null, null, null, null);
  }

  /** libvirt's versions are 1,000,000 × major + 1,000 × minor + release. */
  private static final long MAJOR = 1_000_000;

  private static final long MINOR = 1_000;

  /** Null = without a name. */
  static @Nullable Host of(HypervisorShape shape) {
    if (shape.name() == null) {
      return null;
    }
    return new Host(
        shape.id(),
        shape.name(),
        shape.service() == null ? null : shape.service().host(),
        shape.state() == null ? null : shape.state().equals("up"),
        shape.status() == null ? null : shape.status().equals("enabled"),
        shape.service() == null ? null : shape.service().reason(),
        version(shape.type(), shape.version()),
        shape.address(),
        model(shape.cpu()),
        new Capacity(
            shape.vcpus(),
            shape.vcpusUsed(),
            Units.mib(shape.memory()),
            Units.mib(shape.memoryUsed())));
  }

  /** Of one that only Placement tells of. */
  static Host named(String name) {
    return new Host(null, name, null, null, null, null, null, null, null, Capacity.UNKNOWN);
  }

  Host with(Capacity other) {
    return new Host(id, name, service, up, enabled, reason, version, address, cpuModel, other);
  }

  boolean isUp() {
    return Boolean.TRUE.equals(up);
  }

  private static @Nullable String version(@Nullable String type, @Nullable Long number) {
    if (type == null || number == null) {
      return type;
    }
    return number < MAJOR
        ? type + " " + number
        : "%s %d.%d.%d".formatted(type, number / MAJOR, number / MINOR % MINOR, number % MINOR);
  }

  private static @Nullable String model(@Nullable JsonNode cpu) {
    String model = cpu == null ? "" : cpu.path("model").asText("");
    return model.isEmpty() ? null : model;
  }
}
