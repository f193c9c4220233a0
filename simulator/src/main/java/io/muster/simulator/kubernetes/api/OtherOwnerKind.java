package io.muster.simulator.kubernetes.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.kubernetes.model.OtherOwner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** {@code statefulsets}, {@code daemonsets} and {@code jobs}. */
final class OtherOwnerKind extends Kind<OtherOwner> {
  private OtherOwnerKind(Names names) {
    super(names);
  }

  static OtherOwnerKind statefulSets() {
    return new OtherOwnerKind(
        new Names(
            "apps",
            "v1",
            "statefulsets",
            "statefulset",
            "StatefulSet",
            true,
            List.of("sts"),
            READ));
  }

  static OtherOwnerKind daemonSets() {
    return new OtherOwnerKind(
        new Names("apps", "v1", "daemonsets", "daemonset", "DaemonSet", true, List.of("ds"), READ));
  }

  static OtherOwnerKind jobs() {
    return new OtherOwnerKind(
        new Names("batch", "v1", "jobs", "job", "Job", true, List.of(), READ));
  }

  @Override
  void write(OtherOwner owner, ObjectNode into) {
    ObjectNode spec = into.putObject("spec");
    Json.put(spec.putObject("selector"), "matchLabels", owner.selector());
    Templates.write(owner.template(), spec);
    ObjectNode status = into.putObject("status");
    switch (names().kind()) {
      case "StatefulSet" -> {
        spec.put("replicas", owner.wished()).put("serviceName", owner.meta().name());
        status
            .put("observedGeneration", owner.meta().generation())
            .put("replicas", owner.wished())
            .put("readyReplicas", owner.ready())
            .put("availableReplicas", owner.ready())
            .put("currentReplicas", owner.wished())
            .put("updatedReplicas", owner.wished());
      }
      case "DaemonSet" ->
          status
              .put("observedGeneration", owner.meta().generation())
              .put("currentNumberScheduled", owner.wished())
              .put("desiredNumberScheduled", owner.wished())
              .put("numberAvailable", owner.ready())
              .put("numberMisscheduled", 0)
              .put("numberReady", owner.ready())
              .put("updatedNumberScheduled", owner.wished());
      default -> job(owner, spec, status);
    }
  }

  private static void job(OtherOwner job, ObjectNode spec, ObjectNode status) {
    spec.put("parallelism", 1).put("completions", job.wished()).put("backoffLimit", 6);
    status.put("startTime", Json.time(job.meta().created()));
    Instant finished = job.finished();
    if (finished == null) {
      status.put("active", job.wished() - job.ready());
      return;
    }
    boolean complete = job.ready() == job.wished();
    status.put(complete ? "succeeded" : "failed", job.wished());
    if (complete) {
      status.put("completionTime", Json.time(finished));
    }
    status
        .putArray("conditions")
        .addObject()
        .put("type", complete ? "Complete" : "Failed")
        .put("status", "True")
        .put("lastTransitionTime", Json.time(finished));
  }

  @Override
  List<Column> columns() {
    return switch (names().kind()) {
      case "StatefulSet" -> List.of(Column.of("Ready"), Column.of("Age"));
      case "DaemonSet" ->
          List.of(
              Column.number("Desired"),
              Column.number("Current"),
              Column.number("Ready"),
              Column.number("Up-to-date"),
              Column.number("Available"),
              Column.of("Node Selector"),
              Column.of("Age"));
      default ->
          List.of(
              Column.of("Status"),
              Column.of("Completions"),
              Column.of("Duration"),
              Column.of("Age"));
    };
  }

  @Override
  List<Object> cells(OtherOwner owner, Instant now) {
    String age = Age.of(owner.meta().created(), now);
    String ratio = owner.ready() + "/" + owner.wished();
    return switch (names().kind()) {
      case "StatefulSet" -> List.of(ratio, age);
      case "DaemonSet" ->
          List.of(
              owner.wished(),
              owner.wished(),
              owner.ready(),
              owner.wished(),
              owner.ready(),
              "<none>",
              age);
      default -> {
        Instant finished = owner.finished();
        Instant end = finished == null ? now : finished;
        String word =
            finished == null ? "Running" : owner.ready() == owner.wished() ? "Complete" : "Failed";
        yield List.of(word, ratio, Age.of(Duration.between(owner.meta().created(), end)), age);
      }
    };
  }
}
