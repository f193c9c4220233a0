package io.muster.simulator.kubernetes.world;

import io.muster.simulator.kubernetes.model.Meta;
import io.muster.simulator.kubernetes.model.PodTemplate;
import io.muster.simulator.kubernetes.model.ReplicaSet;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Makes ReplicaSets out of deployments' templates. */
final class ReplicaSets {
  static final String HASH = "pod-template-hash";

  private ReplicaSets() {}

  /** Without pods yet. */
  static ReplicaSet of(
      Meta deployment, PodTemplate template, int revision, UUID uid, Instant created) {
    String hash = hash(template);
    Map<String, String> labels = new HashMap<>(template.labels());
    labels.put(HASH, hash);
    Map<String, String> shared = Map.copyOf(labels);
    Meta meta =
        Meta.of(deployment.namespace(), deployment.name() + "-" + hash, uid, created, shared)
            .withOwner(
                new Meta.Owner("apps/v1", "Deployment", deployment.name(), deployment.uid()));
    PodTemplate own =
        new PodTemplate(
            shared, template.annotations(), template.containers(), template.restartPolicy());
    return new ReplicaSet(meta, own, revision, 0, 0, 0);
  }

  /** What stands for a template in names and labels. */
  static String hash(PodTemplate template) {
    return Names.hash(
        new TreeMap<>(template.labels())
            + "|"
            + new TreeMap<>(template.annotations())
            + "|"
            + template.containers());
  }
}
