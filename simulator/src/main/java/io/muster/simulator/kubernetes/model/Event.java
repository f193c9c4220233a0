package io.muster.simulator.kubernetes.model;

import java.time.Instant;
import java.util.UUID;

/**
 * Something that happened to an object, counted when it happens again.
 *
 * @param warning else it is of type {@code Normal}
 * @param component that told it, such as {@code kubelet}
 * @param host where that ran; empty: not told
 */
public record Event(
    Meta meta,
    About about,
    boolean warning,
    String reason,
    String message,
    String component,
    String host,
    Instant first,
    Instant last,
    int count)
    implements KubeObject<Event> {

  /** The object that it happened to. */
  public record About(String apiVersion, String kind, String namespace, String name, UUID uid) {}

  @Override
  public Event withMeta(Meta value) {
    return new Event(value, about, warning, reason, message, component, host, first, last, count);
  }

  public Event again(Instant at) {
    return new Event(meta, about, warning, reason, message, component, host, first, at, count + 1);
  }
}
