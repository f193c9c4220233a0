package io.muster.simulator.kubernetes.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.kubernetes.model.ReplicaSet;
import java.time.Instant;
import java.util.List;

/** {@code replicasets}. */
final class ReplicaSetKind extends Kind<ReplicaSet> {
  ReplicaSetKind() {
    super(
        new Names(
            "apps", "v1", "replicasets", "replicaset", "ReplicaSet", true, List.of("rs"), READ));
  }

  @Override
  void write(ReplicaSet set, ObjectNode into) {
    ((ObjectNode) into.path("metadata"))
        .withObject("/annotations")
        .put("deployment.kubernetes.io/revision", String.valueOf(set.revision()))
        .put("deployment.kubernetes.io/desired-replicas", String.valueOf(set.wished()));
    ObjectNode spec = into.putObject("spec");
    spec.put("replicas", set.wished());
    Json.put(spec.putObject("selector"), "matchLabels", set.template().labels());
    Templates.write(set.template(), spec);
    ObjectNode status = into.putObject("status").put("replicas", set.present());
    DeploymentKind.positive(status, "fullyLabeledReplicas", set.present());
    DeploymentKind.positive(status, "readyReplicas", set.ready());
    DeploymentKind.positive(status, "availableReplicas", set.ready());
    status.put("observedGeneration", set.meta().generation());
  }

  @Override
  List<Column> columns() {
    return List.of(
        Column.number("Desired"),
        Column.number("Current"),
        Column.number("Ready"),
        Column.of("Age"));
  }

  @Override
  List<Object> cells(ReplicaSet set, Instant now) {
    return List.of(set.wished(), set.present(), set.ready(), Age.of(set.meta().created(), now));
  }
}
