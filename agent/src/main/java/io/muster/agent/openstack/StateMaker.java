package io.muster.agent.openstack;

import io.muster.agent.openstack.Shapes.ServiceShape;
import io.muster.agent.provider.NodeState;
import io.muster.agent.provider.NodeStatus;
import io.muster.agent.provider.VmState;
import io.muster.agent.provider.VmStatus;
import io.muster.agent.provider.VmType;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes states of hosts and instances. */
final class StateMaker {
  private final String cluster;
  private final Map<String, Host> hosts;
  private final Map<String, ServiceShape> computes;
  private final Set<String> down;

  /**
   * @param hosts what is known of them, perhaps none
   */
  StateMaker(String cluster, Collection<Host> hosts, Services services) {
    this.cluster = cluster;
    this.hosts = hosts.stream().collect(Collectors.toMap(Host::name, host -> host));
    this.computes = services.computes();
    this.down =
        hosts.stream()
            .filter(host -> status(host) == NodeStatus.OFFLINE)
            .map(Host::name)
            .collect(Collectors.toSet());
  }

  List<NodeState> nodes(Collection<Instance> instances, boolean allProjects) {
    Map<String, int[]> counts = new HashMap<>();
    for (Instance instance : instances) {
      if (instance.node() != null) {
        int[] count = counts.computeIfAbsent(instance.node(), key -> new int[2]);
        count[0] += status(instance) == VmStatus.RUNNING ? 1 : 0;
        count[1]++;
      }
    }
    return hosts.values().stream()
        .sorted((one, other) -> one.name().compareTo(other.name()))
        .map(host -> node(host, allProjects ? counts.getOrDefault(host.name(), new int[2]) : null))
        .toList();
  }

  private NodeState node(Host host, int @Nullable [] counts) {
    ServiceShape compute = compute(host);
    NodeStatus status = status(host);
    String zone = compute == null ? null : compute.zone();
    return new NodeState(
        host.name(),
        cluster,
        status,
        detail(host, compute, status),
        compute != null && Boolean.TRUE.equals(compute.forcedDown())
            ? List.of("forced-down")
            : List.of(),
        counts == null ? null : Integer.valueOf(counts[0]),
        counts == null ? null : Integer.valueOf(counts[1]),
        host.version(),
        null,
        host.cpuModel(),
        host.address() == null ? List.of() : List.of(host.address()),
        List.of("compute"),
        zone == null || zone.isBlank() ? List.of() : List.of("availability-zone=" + zone));
  }

  private NodeStatus status(Host host) {
    ServiceShape compute = compute(host);
    Boolean up = host.up();
    Boolean enabled = host.enabled();
    if (compute != null) { // of a host that only Placement tells of
      up = up == null ? Boolean.valueOf(Services.isUp(compute)) : up;
      enabled = enabled == null ? Boolean.valueOf(Services.isEnabled(compute)) : enabled;
    }
    if (up == null) {
      return NodeStatus.UNKNOWN;
    }
    if (!up || (compute != null && Boolean.TRUE.equals(compute.forcedDown()))) {
      return NodeStatus.OFFLINE;
    }
    return Boolean.FALSE.equals(enabled) ? NodeStatus.MAINTENANCE : NodeStatus.ONLINE;
  }

  private static @Nullable String detail(
      Host host, @Nullable ServiceShape compute, NodeStatus status) {
    String given = host.reason() == null && compute != null ? compute.reason() : host.reason();
    String why = given == null || given.isBlank() ? "" : ": " + given.strip();
    boolean forced = compute != null && Boolean.TRUE.equals(compute.forcedDown());
    boolean disabled = Boolean.FALSE.equals(host.enabled());
    return switch (status) {
      case OFFLINE ->
          (forced ? "forced down" : "nova-compute is down") + (disabled ? ", disabled" + why : "");
      case MAINTENANCE -> "disabled" + why;
      case ONLINE -> "up";
      case UNKNOWN, READY, NOT_READY, REMOVED -> null;
    };
  }

  private @Nullable ServiceShape compute(Host host) {
    String service = host.service() == null ? host.name() : host.service();
    return computes.get(service);
  }

  boolean isUp(@Nullable String node) {
    Host host = node == null ? null : hosts.get(node);
    return host != null && host.isUp() && !down.contains(host.name());
  }

  private boolean isDown(Instance instance) {
    return instance.node() != null && down.contains(instance.node());
  }

  private VmStatus status(Instance instance) {
    return isDown(instance) ? VmStatus.UNKNOWN : StatusWords.of(instance.status());
  }

  VmState vm(Instance instance, Projects projects) {
    return state(instance, projects, status(instance));
  }

  VmState removed(Instance instance, Projects projects) {
    return state(instance, projects, VmStatus.REMOVED);
  }

  private VmState state(Instance instance, Projects projects, VmStatus status) {
    String task = instance.task();
    return new VmState(
        instance.vmId(),
        cluster,
        instance.node(),
        instance.name(),
        projects.name(instance.project()),
        VmType.INSTANCE,
        status,
        detail(instance),
        task != null ? task : instance.locked() ? "locked" : null,
        instance.tags(),
        null,
        null,
        null,
        null,
        null);
  }

  private String detail(Instance instance) {
    String word = instance.status();
    String task = instance.task() == null ? word : word + " (" + instance.task() + ")";
    return isDown(instance) ? task + ", its host is down" : task;
  }
}
