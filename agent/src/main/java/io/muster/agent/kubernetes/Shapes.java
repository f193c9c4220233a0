package io.muster.agent.kubernetes;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of the API's objects that we use; everything else is skipped while it streams in. */
final class Shapes {
  private Shapes() {}

  /** Every object of a list or a watch. */
  interface Named {
    @Nullable Meta metadata();
  }

  record Meta(
      @Nullable String name,
      @Nullable String namespace,
      @Nullable String uid,
      @Nullable String resourceVersion,
      @Nullable Long generation,
      @Nullable String creationTimestamp,
      @Nullable String deletionTimestamp,
      @Nullable Map<String, String> labels,
      @Nullable List<Owner> ownerReferences) {}

  record Owner(@Nullable String kind, @Nullable String name, @Nullable Boolean controller) {}

  record Condition(@Nullable String type, @Nullable String status, @Nullable String reason) {}

  /** A node: {@code /api/v1/nodes}. */
  record NodeObject(
      @Nullable Meta metadata, @Nullable NodeSpec spec, @Nullable NodeStatusPart status)
      implements Named {}

  record NodeSpec(@Nullable Boolean unschedulable) {}

  record NodeStatusPart(
      @Nullable Map<String, String> capacity,
      @Nullable List<Condition> conditions,
      @Nullable List<Address> addresses,
      @Nullable NodeInfo nodeInfo,
      @Nullable Daemons daemonEndpoints) {}

  record Daemons(@Nullable Endpoint kubeletEndpoint) {}

  record Endpoint(@JsonProperty("Port") @Nullable Integer port) {}

  record Address(@Nullable String type, @Nullable String address) {}

  record NodeInfo(@Nullable String kubeletVersion, @Nullable String kernelVersion) {}

  /** A pod: {@code /api/v1/pods}. */
  record PodObject(@Nullable Meta metadata, @Nullable PodSpec spec, @Nullable PodStatusPart status)
      implements Named {}

  record PodSpec(
      @Nullable String nodeName,
      @Nullable List<Container> containers,
      @Nullable List<Container> initContainers) {}

  record Container(@Nullable String restartPolicy, @Nullable Resources resources) {}

  record Resources(@Nullable Map<String, String> limits, @Nullable Map<String, String> requests) {}

  record PodStatusPart(
      @Nullable String phase,
      @Nullable String reason,
      @Nullable String startTime,
      @Nullable List<Condition> conditions,
      @Nullable List<ContainerStatus> containerStatuses,
      @Nullable List<ContainerStatus> initContainerStatuses) {}

  record ContainerStatus(@Nullable Integer restartCount, @Nullable ContainerState state) {}

  record ContainerState(@Nullable Reason waiting, @Nullable Ended terminated) {}

  record Reason(@Nullable String reason) {}

  record Ended(@Nullable String reason, @Nullable Integer exitCode) {}

  /** A deployment: {@code /apis/apps/v1/deployments}. */
  record DeploymentObject(
      @Nullable Meta metadata, @Nullable DeploymentSpec spec, @Nullable DeploymentStatus status)
      implements Named {}

  record DeploymentSpec(@Nullable Integer replicas) {}

  record DeploymentStatus(
      @Nullable Integer readyReplicas,
      @Nullable Integer updatedReplicas,
      @Nullable Long observedGeneration,
      @Nullable List<Condition> conditions) {}

  /** An event: {@code /api/v1/events}. */
  record EventObject(
      @Nullable Meta metadata,
      @Nullable Involved involvedObject,
      @Nullable String type,
      @Nullable String reason,
      @Nullable String message,
      @Nullable Integer count,
      @Nullable String firstTimestamp,
      @Nullable String lastTimestamp,
      @Nullable String eventTime,
      @Nullable Series series,
      @Nullable Source source)
      implements Named {}

  record Involved(@Nullable String kind, @Nullable String namespace, @Nullable String name) {}

  record Series(@Nullable Integer count, @Nullable String lastObservedTime) {}

  record Source(@Nullable String host) {}

  /** A node's or a pod's usage: {@code /apis/metrics.k8s.io/v1beta1/…}. */
  record UsageObject(
      @Nullable Meta metadata,
      @Nullable String timestamp,
      @Nullable String window,
      @Nullable Map<String, String> usage,
      @Nullable List<ContainerUsage> containers)
      implements Named {}

  record ContainerUsage(@Nullable Map<String, String> usage) {}

  /** The end of a watch, as its last event says it. */
  record StatusObject(@Nullable Integer code, @Nullable String message) {}

  /** Only how far a watch has come. */
  record BookmarkObject(@Nullable Meta metadata) implements Named {}

  /** What a kubelet measured: {@code /stats/summary}. */
  record Summary(@Nullable NodeStats node, @Nullable List<PodStats> pods) {}

  record NodeStats(
      @Nullable CpuStats cpu,
      @Nullable MemoryStats memory,
      @Nullable Pressed io,
      @Nullable NetworkStats network,
      @Nullable FileSystem fs) {}

  record PodStats(
      @Nullable PodRef podRef,
      @Nullable CpuStats cpu,
      @Nullable MemoryStats memory,
      @Nullable NetworkStats network,
      @JsonProperty("ephemeral-storage") @Nullable FileSystem storage) {}

  record PodRef(@Nullable String name, @Nullable String namespace) {}

  record CpuStats(@Nullable String time, @Nullable Long usageNanoCores, @Nullable Psi psi) {}

  record MemoryStats(@Nullable Long workingSetBytes, @Nullable Psi psi) {}

  record Pressed(@Nullable Psi psi) {}

  record Psi(@Nullable PsiData some) {}

  /** Percent of the last ten seconds. */
  record PsiData(@Nullable Double avg10) {}

  record NetworkStats(@Nullable Long rxBytes, @Nullable Long txBytes) {}

  record FileSystem(@Nullable Long usedBytes, @Nullable Long capacityBytes) {}

  static <T> List<T> list(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  static <V> Map<String, V> map(@Nullable Map<String, V> map) {
    return map == null ? Map.of() : map;
  }

  /** Null = not stated. */
  static @Nullable Condition condition(@Nullable List<Condition> conditions, String type) {
    for (Condition condition : list(conditions)) {
      if (type.equals(condition.type())) {
        return condition;
      }
    }
    return null;
  }

  static boolean is(@Nullable Condition condition, String status) {
    return condition != null && status.equals(condition.status());
  }
}
