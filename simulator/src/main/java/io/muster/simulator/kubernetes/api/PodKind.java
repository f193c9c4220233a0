package io.muster.simulator.kubernetes.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.chance.Noise;
import io.muster.simulator.kubernetes.model.ContainerSpec;
import io.muster.simulator.kubernetes.model.ContainerState;
import io.muster.simulator.kubernetes.model.ContainerState.Running;
import io.muster.simulator.kubernetes.model.ContainerState.Terminated;
import io.muster.simulator.kubernetes.model.ContainerState.Waiting;
import io.muster.simulator.kubernetes.model.Node;
import io.muster.simulator.kubernetes.model.Pod;
import io.muster.simulator.kubernetes.store.Store;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code pods}. */
final class PodKind extends Kind<Pod> {
  static final Names NAMES =
      new Names(
          "",
          "v1",
          "pods",
          "pod",
          "Pod",
          true,
          List.of("po"),
          List.of("delete", "get", "list", "patch", "watch"));

  private final Store<Node> nodes;

  PodKind(Store<Node> nodes) {
    super(NAMES);
    this.nodes = nodes;
  }

  @Override
  void write(Pod pod, ObjectNode into) {
    ObjectNode spec = into.putObject("spec");
    Templates.spec(pod.template(), spec);
    if (!pod.node().isEmpty()) {
      spec.put("nodeName", pod.node());
    }
    tolerations(spec.putArray("tolerations"));
    ObjectNode status = into.putObject("status");
    status.put("phase", pod.phase());
    if (!pod.reason().isEmpty()) {
      status.put("reason", pod.reason()).put("message", pod.message());
    }
    conditions(pod, status.putArray("conditions"));
    Instant started = pod.started();
    if (started != null) {
      Node node = nodes.get("", pod.node());
      status.put("hostIP", node == null ? "" : node.address());
      status.put("startTime", Json.time(started));
      if (!pod.reason().equals("Evicted")) {
        containers(pod, status.putArray("containerStatuses"));
      }
    }
    String address = address(pod);
    if (address != null) {
      status.put("podIP", address).putArray("podIPs").addObject().put("ip", address);
    }
    status.put("qosClass", "Burstable");
  }

  private static void tolerations(ArrayNode into) {
    for (String trouble : List.of("not-ready", "unreachable")) {
      into.addObject()
          .put("key", "node.kubernetes.io/" + trouble)
          .put("operator", "Exists")
          .put("effect", "NoExecute")
          .put("tolerationSeconds", 300);
    }
  }

  /** Where it can be reached, or null before it runs. */
  static @Nullable String address(Pod pod) {
    if (pod.started() == null
        || pod.phase().equals(Pod.PENDING)
        || pod.reason().equals("Evicted")) {
      return null;
    }
    long thing = pod.meta().uid().getLeastSignificantBits();
    return "10.%d.%d.%d"
        .formatted(
            244 + Noise.below(8, thing, 1, 0),
            Noise.below(256, thing, 2, 0),
            1 + Noise.below(254, thing, 3, 0));
  }

  private static void conditions(Pod pod, ArrayNode into) {
    Instant started = pod.started();
    Instant since = started == null ? pod.meta().created() : started;
    boolean done = pod.phase().equals(Pod.SUCCEEDED);
    boolean begun = !pod.phase().equals(Pod.PENDING);
    String why = done ? "PodCompleted" : pod.isReady() ? "" : "ContainersNotReady";
    condition(into, "Initialized", started != null, done ? "PodCompleted" : "", "", since);
    condition(into, "Ready", pod.isReady(), why, unready(pod), changed(pod, since));
    condition(into, "ContainersReady", pod.isReady(), why, unready(pod), changed(pod, since));
    boolean scheduled = !pod.node().isEmpty();
    condition(
        into,
        "PodScheduled",
        scheduled,
        scheduled ? "" : "Unschedulable",
        scheduled || begun ? "" : pod.message(),
        pod.meta().created());
  }

  private static String unready(Pod pod) {
    return pod.isReady() || pod.isFinished()
        ? ""
        : "containers with unready status: [" + pod.template().containers().getFirst().name() + "]";
  }

  private static Instant changed(Pod pod, Instant otherwise) {
    return switch (pod.state()) {
      case Running(Instant since, boolean _) -> since;
      case Terminated ended -> ended.finished();
      case Waiting _ -> {
        Terminated last = pod.last();
        yield last == null ? otherwise : last.finished();
      }
    };
  }

  private static void condition(
      ArrayNode into, String type, boolean holds, String reason, String message, Instant since) {
    ObjectNode node =
        into.addObject()
            .put("type", type)
            .put("status", holds ? "True" : "False")
            .putNull("lastProbeTime")
            .put("lastTransitionTime", Json.time(since));
    if (!reason.isEmpty()) {
      node.put("reason", reason);
    }
    if (!message.isEmpty()) {
      node.put("message", message);
    }
  }

  private static void containers(Pod pod, ArrayNode into) {
    List<ContainerSpec> specs = pod.template().containers();
    for (int i = 0; i < specs.size(); i++) {
      ContainerState state = i == 0 ? pod.state() : companion(pod);
      Terminated last = i == 0 ? pod.last() : null;
      boolean ready = state instanceof Running(Instant _, boolean is) && is;
      ObjectNode node = into.addObject().put("name", specs.get(i).name());
      state(state, node.putObject("state"));
      ObjectNode before = node.putObject("lastState");
      if (last != null) {
        state(last, before);
      }
      node.put("ready", ready)
          .put("restartCount", i == 0 ? pod.restarts() : 0)
          .put("image", specs.get(i).image())
          .put("imageID", "")
          .put("started", state instanceof Running);
      if (!(state instanceof Waiting(String reason, String _))
          || reason.equals("CrashLoopBackOff")) {
        node.put("containerID", "containerd://" + containerId(pod, i));
      }
    }
  }

  /** A container beside the first one: nothing ever happens to it by itself. */
  private static ContainerState companion(Pod pod) {
    Instant started = pod.started();
    Instant since = started == null ? pod.meta().created() : started;
    if (pod.state() instanceof Terminated ended && pod.isFinished()) {
      return new Terminated("Completed", 0, ended.started(), ended.finished());
    }
    return pod.phase().equals(Pod.RUNNING)
        ? new Running(since, true)
        : new Waiting("ContainerCreating", "");
  }

  private static void state(ContainerState state, ObjectNode into) {
    switch (state) {
      case Running(Instant since, boolean _) ->
          into.putObject("running").put("startedAt", Json.time(since));
      case Waiting(String reason, String message) -> {
        ObjectNode node = into.putObject("waiting").put("reason", reason);
        if (!message.isEmpty()) {
          node.put("message", message);
        }
      }
      case Terminated ended ->
          into.putObject("terminated")
              .put("exitCode", ended.exitCode())
              .put("reason", ended.reason())
              .put("startedAt", Json.time(ended.started()))
              .put("finishedAt", Json.time(ended.finished()));
    }
  }

  private static String containerId(Pod pod, int container) {
    long id = pod.meta().uid().getMostSignificantBits() + container * 31L + pod.restarts();
    return "%016x%016x".formatted(id, pod.meta().uid().getLeastSignificantBits()).repeat(2);
  }

  @Override
  List<String> fields() {
    return List.of("spec.nodeName", "spec.restartPolicy", "status.phase", "status.podIP");
  }

  @Override
  @Nullable String field(Pod pod, String path) {
    return switch (path) {
      case "spec.nodeName" -> pod.node();
      case "spec.restartPolicy" -> pod.template().restartPolicy();
      case "status.phase" -> pod.phase();
      case "status.podIP" -> address(pod);
      default -> null;
    };
  }

  @Override
  List<Column> columns() {
    return List.of(
        Column.of("Ready"),
        Column.of("Status"),
        Column.of("Restarts"),
        Column.of("Age"),
        Column.wide("IP"),
        Column.wide("Node"),
        Column.wide("Nominated Node"),
        Column.wide("Readiness Gates"));
  }

  @Override
  List<Object> cells(Pod pod, Instant now) {
    String address = address(pod);
    return List.of(
        pod.readyContainers() + "/" + pod.template().containers().size(),
        word(pod),
        restarts(pod, now),
        Age.of(pod.meta().created(), now),
        address == null ? "<none>" : address,
        pod.node().isEmpty() ? "<none>" : pod.node(),
        "<none>",
        "<none>");
  }

  private static String restarts(Pod pod, Instant now) {
    Terminated last = pod.last();
    return last == null
        ? String.valueOf(pod.restarts())
        : pod.restarts() + " (" + Age.of(last.finished(), now) + " ago)";
  }

  /** The word of the column {@code STATUS}. */
  static String word(Pod pod) {
    if (pod.meta().deleted() != null) {
      return pod.reason().equals("NodeLost") ? "Unknown" : "Terminating";
    }
    if (!pod.reason().isEmpty()) {
      return pod.reason();
    }
    return switch (pod.state()) {
      case Running _ -> pod.phase();
      case Waiting(String reason, String _) -> reason.isEmpty() ? pod.phase() : reason;
      case Terminated ended -> ended.reason();
    };
  }
}
