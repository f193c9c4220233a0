package io.muster.agent.kubernetes;

import static io.muster.agent.kubernetes.Shapes.list;
import static io.muster.agent.kubernetes.Shapes.map;

import io.muster.agent.kubernetes.Shapes.Address;
import io.muster.agent.kubernetes.Shapes.Condition;
import io.muster.agent.kubernetes.Shapes.Container;
import io.muster.agent.kubernetes.Shapes.ContainerStatus;
import io.muster.agent.kubernetes.Shapes.Daemons;
import io.muster.agent.kubernetes.Shapes.DeploymentObject;
import io.muster.agent.kubernetes.Shapes.DeploymentStatus;
import io.muster.agent.kubernetes.Shapes.Endpoint;
import io.muster.agent.kubernetes.Shapes.Meta;
import io.muster.agent.kubernetes.Shapes.NodeInfo;
import io.muster.agent.kubernetes.Shapes.NodeObject;
import io.muster.agent.kubernetes.Shapes.NodeStatusPart;
import io.muster.agent.kubernetes.Shapes.Owner;
import io.muster.agent.kubernetes.Shapes.PodObject;
import io.muster.agent.kubernetes.Shapes.PodSpec;
import io.muster.agent.kubernetes.Shapes.PodStatusPart;
import io.muster.agent.kubernetes.Shapes.Resources;
import io.muster.agent.provider.NodeState;
import io.muster.agent.provider.NodeStatus;
import io.muster.agent.provider.VmState;
import io.muster.agent.provider.VmStatus;
import io.muster.agent.provider.VmType;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Makes what is kept of objects from what the API says of them; null = an object without a name,
 * which there can't be.
 */
record ObjectReaders(String cluster) {
  /** All labels would be too many: these say where a node is and what it is. */
  private static final List<String> NODE_LABELS =
      List.of(
          "topology.kubernetes.io/region",
          "topology.kubernetes.io/zone",
          "node.kubernetes.io/instance-type",
          "kubernetes.io/arch");

  private static final int KUBELET_PORT = 10250;
  private static final String ROLE = "node-role.kubernetes.io/";

  @Nullable Node node(NodeObject object) {
    Meta meta = object.metadata();
    String name = meta == null ? null : meta.name();
    if (meta == null || name == null) {
      return null;
    }
    Map<String, String> labels = map(meta.labels());
    NodeStatusPart part = object.status();
    Condition ready = part == null ? null : Shapes.condition(part.conditions(), "Ready");
    boolean cordoned = object.spec() != null && Boolean.TRUE.equals(object.spec().unschedulable());
    NodeInfo info = part == null ? null : part.nodeInfo();
    NodeState state =
        new NodeState(
            name,
            cluster,
            status(ready, cordoned),
            cordoned && Shapes.is(ready, "True")
                ? "SchedulingDisabled"
                : ready == null ? null : ready.reason(),
            part == null ? List.of() : bad(part.conditions()),
            null,
            null,
            info == null ? null : info.kubeletVersion(),
            info == null ? null : info.kernelVersion(),
            null,
            part == null ? List.of() : addresses(part.addresses()).toList(),
            labels.keySet().stream()
                .filter(label -> label.startsWith(ROLE) && label.length() > ROLE.length())
                .map(label -> label.substring(ROLE.length()))
                .sorted()
                .toList(),
            NODE_LABELS.stream()
                .filter(labels::containsKey)
                .map(label -> label + "=" + labels.get(label))
                .toList());
    return new Node(
        state,
        Shapes.is(ready, "Unknown"),
        part == null ? null : kubelet(part),
        part == null ? null : Amounts.cores(part.capacity()),
        part == null ? null : Amounts.memoryBytes(part.capacity()));
  }

  private static NodeStatus status(@Nullable Condition ready, boolean cordoned) {
    if (ready == null) {
      return NodeStatus.UNKNOWN;
    }
    if (!Shapes.is(ready, "True")) {
      return NodeStatus.NOT_READY;
    }
    return cordoned ? NodeStatus.MAINTENANCE : NodeStatus.READY;
  }

  /** Whatever is not `Ready` tells of trouble when it is true. */
  private static List<String> bad(@Nullable List<Condition> conditions) {
    return list(conditions).stream()
        .filter(condition -> !"Ready".equals(condition.type()) && Shapes.is(condition, "True"))
        .map(condition -> String.valueOf(condition.type()))
        .sorted()
        .toList();
  }

  private static @Nullable URI kubelet(NodeStatusPart part) {
    Daemons daemons = part.daemonEndpoints();
    Endpoint endpoint = daemons == null ? null : daemons.kubeletEndpoint();
    Integer port = endpoint == null ? null : endpoint.port();
    try {
      return addresses(part.addresses())
          .findFirst()
          .map(address -> address.contains(":") ? "[" + address + "]" : address)
          .map(host -> URI.create("https://" + host + ":" + (port == null ? KUBELET_PORT : port)))
          .orElse(null);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static Stream<String> addresses(@Nullable List<Address> addresses) {
    return list(addresses).stream()
        .filter(address ->
            address.address() != null
                && ("InternalIP".equals(address.type()) || "ExternalIP".equals(address.type())))
        .map(address -> String.valueOf(address.address()));
  }

  @Nullable Pod pod(PodObject object) {
    Meta meta = object.metadata();
    String name = meta == null ? null : meta.name();
    String namespace = meta == null ? null : meta.namespace();
    if (meta == null || name == null || namespace == null) {
      return null;
    }
    PodSpec spec = object.spec();
    PodStatusPart part = object.status();
    PodStatus status = PodStatus.of(part, meta.deletionTimestamp() != null);
    VmState state =
        new VmState(
            Ids.pod(namespace, name),
            cluster,
            spec == null ? null : spec.nodeName(),
            name,
            namespace,
            VmType.POD,
            status.status(),
            status.detail(),
            null,
            owner(meta),
            null,
            restarts(part),
            null,
            null,
            null);
    List<Resources> resources = spec == null ? List.of() : resources(spec);
    return new Pod(
        state,
        status.finished(),
        meta.uid(),
        part == null ? null : Json.time(part.startTime()),
        sum(resources, one -> Amounts.cores(one.limits())),
        whole(sum(resources, one -> bytes(one.limits()))),
        sum(resources, one -> Amounts.cores(one.requests())),
        whole(sum(resources, one -> bytes(one.requests()))));
  }

  /** Containers that run as long as the pod does. */
  private static List<Resources> resources(PodSpec spec) {
    return Stream.concat(
            list(spec.containers()).stream(),
            list(spec.initContainers()).stream()
                .filter(container -> "Always".equals(container.restartPolicy())))
        .map(ObjectReaders::resources)
        .toList();
  }

  private static Resources resources(Container container) {
    Resources resources = container.resources();
    return resources == null ? new Resources(null, null) : resources;
  }

  /** Null when one of them states none: then there is no sum. */
  private static @Nullable Double sum(
      List<Resources> all, Function<Resources, @Nullable Double> amount) {
    double sum = 0;
    for (Resources one : all) {
      Double value = amount.apply(one);
      if (value == null) {
        return null;
      }
      sum += value;
    }
    return all.isEmpty() ? null : Double.valueOf(sum);
  }

  private static @Nullable Double bytes(@Nullable Map<String, String> amounts) {
    Long bytes = Amounts.memoryBytes(amounts);
    return bytes == null ? null : Double.valueOf(bytes);
  }

  private static @Nullable Long whole(@Nullable Double value) {
    return value == null ? null : Long.valueOf(Math.round(value));
  }

  private static @Nullable Integer restarts(@Nullable PodStatusPart part) {
    if (part == null || list(part.containerStatuses()).isEmpty()) {
      return null;
    }
    int restarts = 0;
    for (ContainerStatus container : list(part.containerStatuses())) {
      restarts += container.restartCount() == null ? 0 : container.restartCount();
    }
    return restarts;
  }

  /**
   * Who made it, such as {@code deployment=web}. A deployment's replica set is called like it, with
   * the hash that is on the pod too: replica sets need not be read for that.
   */
  private static List<String> owner(Meta meta) {
    for (Owner owner : list(meta.ownerReferences())) {
      String kind = owner.kind();
      String name = owner.name();
      if (kind == null || name == null || Boolean.FALSE.equals(owner.controller())) {
        continue;
      }
      String hash = map(meta.labels()).get("pod-template-hash");
      if (kind.equals("ReplicaSet") && hash != null && name.endsWith("-" + hash)) {
        return List.of("deployment=" + name.substring(0, name.length() - hash.length() - 1));
      }
      return List.of(kind.toLowerCase(Locale.ROOT) + "=" + name);
    }
    return List.of();
  }

  @Nullable VmState deployment(DeploymentObject object) {
    Meta meta = object.metadata();
    String name = meta == null ? null : meta.name();
    String namespace = meta == null ? null : meta.namespace();
    if (meta == null || name == null || namespace == null) {
      return null;
    }
    DeploymentStatus status =
        object.status() == null
            ? new DeploymentStatus(null, null, null, new ArrayList<>())
            : object.status();
    // The API leaves out what is 0, and its default of replicas is 1.
    Integer stated = object.spec() == null ? null : object.spec().replicas();
    int desired = stated == null ? 1 : stated;
    int ready = status.readyReplicas() == null ? 0 : status.readyReplicas();
    int updated = status.updatedReplicas() == null ? 0 : status.updatedReplicas();
    boolean seen =
        meta.generation() == null
            || (status.observedGeneration() != null
                && status.observedGeneration() >= meta.generation());
    Condition available = Shapes.condition(status.conditions(), "Available");
    Condition progressing = Shapes.condition(status.conditions(), "Progressing");
    VmStatus ours = status(desired, seen && ready == desired && updated == desired, progressing);
    Condition told =
        switch (ours) {
          case FAILED -> progressing;
          case PENDING -> Shapes.is(available, "False") ? available : progressing;
          default -> available;
        };
    return new VmState(
        Ids.deployment(namespace, name),
        cluster,
        null,
        name,
        namespace,
        VmType.DEPLOYMENT,
        ours,
        told == null ? null : told.reason(),
        null,
        List.of(),
        null,
        null,
        ready,
        desired,
        null);
  }

  private static VmStatus status(int desired, boolean whole, @Nullable Condition progressing) {
    if (desired == 0) {
      return VmStatus.STOPPED;
    }
    if (whole) {
      return VmStatus.RUNNING;
    }
    return progressing != null
            && Shapes.is(progressing, "False")
            && "ProgressDeadlineExceeded".equals(progressing.reason())
        ? VmStatus.FAILED
        : VmStatus.PENDING;
  }
}
