package io.muster.simulator.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.kubernetes.model.Node;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code nodes}. */
final class NodeKind extends Kind<Node> {
  private static final String ROLE = "node-role.kubernetes.io/";
  private static final String OS = "Debian GNU/Linux 12 (bookworm)";
  private static final String KERNEL = "6.1.0-40-amd64";
  private static final String RUNTIME = "containerd://2.1.4";

  /** What each condition is called when all is well, and when not. */
  private static final Map<String, List<String>> PRESSURES =
      Map.of(
          "MemoryPressure", List.of("KubeletHasSufficientMemory", "KubeletHasInsufficientMemory"),
          "DiskPressure", List.of("KubeletHasNoDiskPressure", "KubeletHasDiskPressure"),
          "PIDPressure", List.of("KubeletHasSufficientPID", "KubeletHasInsufficientPID"));

  private final String version;

  NodeKind(String version) {
    super(
        new Names(
            "",
            "v1",
            "nodes",
            "node",
            "Node",
            false,
            List.of("no"),
            List.of("get", "list", "patch", "watch")));
    this.version = version;
  }

  @Override
  void write(Node node, ObjectNode into) {
    ObjectNode spec = into.putObject("spec");
    spec.put("providerID", "simulated://" + node.meta().name());
    if (node.unschedulable()) {
      spec.put("unschedulable", true);
    }
    taints(node, spec);
    ObjectNode status = into.putObject("status");
    amounts(node, status.putObject("capacity"), 0, 0);
    // As kubeadm leaves it: 100 MiB are kept for evictions, nothing of the processors.
    amounts(node, status.putObject("allocatable"), 0, 100L << 20);
    conditions(node, status.putArray("conditions"));
    ArrayNode addresses = status.putArray("addresses");
    addresses.addObject().put("type", "InternalIP").put("address", node.address());
    addresses.addObject().put("type", "Hostname").put("address", node.meta().name());
    status
        .putObject("daemonEndpoints")
        .putObject("kubeletEndpoint")
        .put("Port", node.kubeletPort());
    status
        .putObject("nodeInfo")
        .put("machineID", node.meta().uid().toString().replace("-", ""))
        .put("systemUUID", node.meta().uid().toString())
        .put("bootID", node.meta().uid().toString())
        .put("kernelVersion", KERNEL)
        .put("osImage", OS)
        .put("containerRuntimeVersion", RUNTIME)
        .put("kubeletVersion", "v" + version)
        .put("kubeProxyVersion", "v" + version)
        .put("operatingSystem", "linux")
        .put("architecture", "amd64");
  }

  private static void taints(Node node, ObjectNode spec) {
    List<String[]> taints = new ArrayList<>();
    if (node.meta().labels().containsKey(ROLE + "control-plane")) {
      taints.add(new String[] {ROLE + "control-plane", "NoSchedule"});
    }
    if (node.unschedulable()) {
      taints.add(new String[] {"node.kubernetes.io/unschedulable", "NoSchedule"});
    }
    if (node.lost()) {
      taints.add(new String[] {"node.kubernetes.io/unreachable", "NoSchedule"});
      taints.add(new String[] {"node.kubernetes.io/unreachable", "NoExecute"});
    }
    if (!taints.isEmpty()) {
      ArrayNode into = spec.putArray("taints");
      taints.forEach(taint -> into.addObject().put("key", taint[0]).put("effect", taint[1]));
    }
  }

  private static void amounts(Node node, ObjectNode into, int lessMillis, long lessBytes) {
    into.put("cpu", Json.cpu(node.cores() * 1000L - lessMillis))
        .put("ephemeral-storage", Json.memory(node.diskBytes()))
        .put("hugepages-2Mi", "0")
        .put("memory", (node.memoryBytes() - lessBytes) / 1024 + "Ki")
        .put("pods", String.valueOf(node.maxPods()));
  }

  private static void conditions(Node node, ArrayNode into) {
    for (String type : List.of("MemoryPressure", "DiskPressure", "PIDPressure")) {
      boolean bad = node.pressure().getOrDefault(type, false);
      List<String> reasons = PRESSURES.getOrDefault(type, List.of("", ""));
      condition(node, into, type, bad, reasons.get(bad ? 1 : 0), "");
    }
    condition(node, into, "Ready", true, "KubeletReady", "kubelet is posting ready status");
  }

  private static void condition(
      Node node, ArrayNode into, String type, boolean holds, String reason, String message) {
    into.addObject()
        .put("type", type)
        .put("status", node.lost() ? "Unknown" : holds ? "True" : "False")
        .put("lastHeartbeatTime", Json.time(node.heartbeat()))
        .put("lastTransitionTime", Json.time(node.changed()))
        .put("reason", node.lost() ? "NodeStatusUnknown" : reason)
        .put("message", node.lost() ? "Kubelet stopped posting node status." : message);
  }

  @Override
  Node wished(Node now, JsonNode wished) throws ApiError {
    return super.wished(now, wished)
        .unschedulable(wished.path("spec").path("unschedulable").asBoolean(false));
  }

  @Override
  List<String> fields() {
    return List.of("spec.unschedulable");
  }

  @Override
  @Nullable String field(Node node, String path) {
    return String.valueOf(node.unschedulable());
  }

  @Override
  List<Column> columns() {
    return List.of(
        Column.of("Status"),
        Column.of("Roles"),
        Column.of("Age"),
        Column.of("Version"),
        Column.wide("Internal-IP"),
        Column.wide("External-IP"),
        Column.wide("OS-Image"),
        Column.wide("Kernel-Version"),
        Column.wide("Container-Runtime"));
  }

  @Override
  List<Object> cells(Node node, Instant now) {
    String status = node.lost() ? "NotReady" : "Ready";
    return List.of(
        node.unschedulable() ? status + ",SchedulingDisabled" : status,
        roles(node),
        Age.of(node.meta().created(), now),
        "v" + version,
        node.address(),
        "<none>",
        OS,
        KERNEL,
        RUNTIME);
  }

  private static String roles(Node node) {
    List<String> roles =
        node.meta().labels().keySet().stream()
            .filter(label -> label.startsWith(ROLE))
            .map(label -> label.substring(ROLE.length()))
            .sorted()
            .toList();
    return roles.isEmpty() ? "<none>" : String.join(",", roles);
  }
}
