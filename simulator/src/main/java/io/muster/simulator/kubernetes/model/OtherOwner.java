package io.muster.simulator.kubernetes.model;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A StatefulSet, DaemonSet or Job: what owns pods without a ReplicaSet between.
 *
 * @param kind {@code StatefulSet}, {@code DaemonSet} or {@code Job}
 * @param wished how many pods there are to be
 * @param ready how many are; of a Job: how many succeeded
 * @param finished when a Job ended, or null
 */
public record OtherOwner(
    Meta meta,
    String kind,
    Map<String, String> selector,
    PodTemplate template,
    int wished,
    int ready,
    @Nullable Instant finished)
    implements KubeObject<OtherOwner> {
  @Override
  public OtherOwner withMeta(Meta value) {
    return new OtherOwner(value, kind, selector, template, wished, ready, finished);
  }

  public OtherOwner withReady(int value) {
    return new OtherOwner(meta, kind, selector, template, wished, value, finished);
  }

  public OtherOwner finished(int succeeded, Instant at) {
    return new OtherOwner(meta, kind, selector, template, wished, succeeded, at);
  }
}
