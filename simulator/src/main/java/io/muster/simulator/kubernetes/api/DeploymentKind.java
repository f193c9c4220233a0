package io.muster.simulator.kubernetes.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.kubernetes.model.ContainerSpec;
import io.muster.simulator.kubernetes.model.Deployment;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code deployments}. */
final class DeploymentKind extends Kind<Deployment> {
  private static final String REVISION = "deployment.kubernetes.io/revision";

  DeploymentKind() {
    super(
        new Names(
            "apps",
            "v1",
            "deployments",
            "deployment",
            "Deployment",
            true,
            List.of("deploy"),
            List.of("get", "list", "patch", "update", "watch")));
  }

  @Override
  void write(Deployment deployment, ObjectNode into) {
    ((ObjectNode) into.path("metadata"))
        .withObject("/annotations")
        .put(REVISION, String.valueOf(deployment.revision()));
    ObjectNode spec = into.putObject("spec");
    spec.put("replicas", deployment.replicas());
    Json.put(spec.putObject("selector"), "matchLabels", deployment.selector());
    Templates.write(deployment.template(), spec);
    spec.putObject("strategy")
        .put("type", "RollingUpdate")
        .putObject("rollingUpdate")
        .put("maxUnavailable", "25%")
        .put("maxSurge", "25%");
    spec.put("revisionHistoryLimit", 10).put("progressDeadlineSeconds", 600);
    if (deployment.paused()) {
      spec.put("paused", true);
    }
    status(deployment, into.putObject("status"));
  }

  private static void status(Deployment deployment, ObjectNode into) {
    Deployment.Status status = deployment.status();
    into.put("observedGeneration", status.generation());
    positive(into, "replicas", status.replicas());
    positive(into, "updatedReplicas", status.updated());
    positive(into, "readyReplicas", status.ready());
    positive(into, "availableReplicas", status.ready());
    positive(into, "unavailableReplicas", deployment.replicas() - status.ready());
    ArrayNode conditions = into.putArray("conditions");
    condition(
        conditions,
        "Available",
        status.available(),
        status.available() ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
        status.available()
            ? "Deployment has minimum availability."
            : "Deployment does not have minimum availability.",
        status.availableSince(),
        status.availableSince());
    condition(
        conditions,
        "Progressing",
        !status.progress().equals("ProgressDeadlineExceeded"),
        status.progress(),
        progress(deployment),
        status.progressed(),
        deployment.meta().created());
  }

  private static String progress(Deployment deployment) {
    String of = "ReplicaSet \"" + deployment.meta().name() + "\"";
    return switch (deployment.status().progress()) {
      case "NewReplicaSetAvailable" -> of + " has successfully progressed.";
      case "ProgressDeadlineExceeded" -> of + " has timed out progressing.";
      default -> of + " is progressing.";
    };
  }

  private static void condition(
      ArrayNode into,
      String type,
      boolean holds,
      String reason,
      String message,
      Instant updated,
      Instant changed) {
    into.addObject()
        .put("type", type)
        .put("status", holds ? "True" : "False")
        .put("lastUpdateTime", Json.time(updated))
        .put("lastTransitionTime", Json.time(changed))
        .put("reason", reason)
        .put("message", message);
  }

  /** Zero is left out, as Go does. */
  static void positive(ObjectNode into, String field, int value) {
    if (value > 0) {
      into.put(field, value);
    }
  }

  @Override
  Deployment wished(Deployment now, JsonNode wished) throws ApiError {
    Deployment changed = super.wished(now, wished);
    Map<String, String> annotations = new HashMap<>(changed.meta().annotations());
    annotations.remove(REVISION);
    JsonNode spec = wished.path("spec");
    Deployment after =
        changed
            .withMeta(changed.meta().withAnnotations(Map.copyOf(annotations)))
            .withReplicas(replicas(spec.path("replicas"), now))
            .withPaused(spec.path("paused").asBoolean(false))
            .withTemplate(Templates.read(now.template(), spec.path("template")));
    boolean same =
        after.replicas() == now.replicas()
            && after.paused() == now.paused()
            && after.template().equals(now.template());
    return same ? after : after.withMeta(after.meta().withGeneration(now.meta().generation() + 1));
  }

  private int replicas(JsonNode wished, Deployment now) throws ApiError {
    if (wished.isMissingNode() || wished.isNull()) {
      return 1;
    }
    if (!wished.isInt() || wished.asInt() < 0) {
      throw ApiError.invalid(
          names(),
          now.meta().name(),
          "spec.replicas: Invalid value: " + wished + ": must be greater than or equal to 0");
    }
    return wished.asInt();
  }

  @Override
  List<Column> columns() {
    return List.of(
        Column.of("Ready"),
        Column.of("Up-to-date"),
        Column.of("Available"),
        Column.of("Age"),
        Column.wide("Containers"),
        Column.wide("Images"),
        Column.wide("Selector"));
  }

  @Override
  List<Object> cells(Deployment deployment, Instant now) {
    Deployment.Status status = deployment.status();
    List<ContainerSpec> containers = deployment.template().containers();
    return List.of(
        status.ready() + "/" + deployment.replicas(),
        status.updated(),
        status.ready(),
        Age.of(deployment.meta().created(), now),
        containers.stream().map(ContainerSpec::name).collect(Collectors.joining(",")),
        containers.stream().map(ContainerSpec::image).collect(Collectors.joining(",")),
        selector(deployment));
  }

  /** As a client would ask for its pods. */
  static String selector(Deployment deployment) {
    return deployment.selector().entrySet().stream()
        .map(Map.Entry::toString)
        .sorted()
        .collect(Collectors.joining(","));
  }
}
