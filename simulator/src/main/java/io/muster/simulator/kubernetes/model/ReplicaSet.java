package io.muster.simulator.kubernetes.model;

/**
 * The pods of one template of a deployment.
 *
 * @param template with the label {@code pod-template-hash}
 * @param revision of the deployment that it is for
 * @param wished how many there are to be
 * @param present how many there were when it was last looked
 */
public record ReplicaSet(
    Meta meta, PodTemplate template, int revision, int wished, int present, int ready)
    implements KubeObject<ReplicaSet> {
  @Override
  public ReplicaSet withMeta(Meta value) {
    return new ReplicaSet(value, template, revision, wished, present, ready);
  }

  public ReplicaSet withWished(int value) {
    return new ReplicaSet(
        meta.withGeneration(meta.generation() + 1), template, revision, value, present, ready);
  }

  public ReplicaSet withRevision(int value) {
    return new ReplicaSet(meta, template, value, wished, present, ready);
  }

  public ReplicaSet seen(int newPresent, int newReady) {
    return new ReplicaSet(meta, template, revision, wished, newPresent, newReady);
  }
}
