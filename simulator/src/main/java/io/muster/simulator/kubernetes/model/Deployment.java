package io.muster.simulator.kubernetes.model;

import java.time.Instant;
import java.util.Map;

/**
 * A deployment.
 *
 * @param selector labels of its pods
 * @param revision of the template, counted from 1
 */
public record Deployment(
    Meta meta,
    Map<String, String> selector,
    PodTemplate template,
    int replicas,
    boolean paused,
    int revision,
    Status status)
    implements KubeObject<Deployment> {

  /**
   * What its controller last saw.
   *
   * @param generation that it acted upon
   * @param progress reason of the condition {@code Progressing}, such as {@code
   *     NewReplicaSetAvailable}
   * @param progressed when it last came nearer to what is wished
   * @param availableSince when the condition {@code Available} last changed
   */
  public record Status(
      long generation,
      int replicas,
      int updated,
      int ready,
      boolean available,
      String progress,
      Instant progressed,
      Instant availableSince) {}

  @Override
  public Deployment withMeta(Meta value) {
    return new Deployment(value, selector, template, replicas, paused, revision, status);
  }

  public Deployment withReplicas(int value) {
    return new Deployment(meta, selector, template, value, paused, revision, status);
  }

  public Deployment withPaused(boolean value) {
    return new Deployment(meta, selector, template, replicas, value, revision, status);
  }

  public Deployment withTemplate(PodTemplate value) {
    return new Deployment(meta, selector, value, replicas, paused, revision, status);
  }

  public Deployment withRevision(int value) {
    return new Deployment(meta, selector, template, replicas, paused, value, status);
  }

  public Deployment withStatus(Status value) {
    return new Deployment(meta, selector, template, replicas, paused, revision, value);
  }
}
