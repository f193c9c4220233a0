package io.muster.agent.kubernetes;

import io.muster.agent.kubernetes.Shapes.EventObject;
import io.muster.agent.kubernetes.Shapes.Involved;
import io.muster.agent.kubernetes.Shapes.Meta;
import io.muster.agent.kubernetes.Shapes.Series;
import io.muster.agent.provider.Event;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Makes a row of an event. Kubernetes counts repetitions up in the same event: it keeps its uid and
 * its first time, so the row is replaced by the later count.
 */
record EventReader(String cluster) {
  /** Null = without an id or a time, which there can't be. */
  @Nullable Event read(EventObject object) {
    Meta meta = object.metadata();
    if (meta == null || meta.uid() == null) {
      return null;
    }
    Instant first = first(object.firstTimestamp(), object.eventTime(), meta.creationTimestamp());
    if (first == null) {
      return null;
    }
    Series series = object.series();
    Instant last = first(series == null ? null : series.lastObservedTime(), object.lastTimestamp());
    Integer count = series == null || series.count() == null ? object.count() : series.count();
    boolean warning = "Warning".equals(object.type());
    Involved about = object.involvedObject();
    String kind = about == null ? null : about.kind();
    String name = about == null ? null : about.name();
    String host = object.source() == null ? null : object.source().host();
    return new Event(
        first,
        meta.uid(),
        cluster,
        "Node".equals(kind) ? name : host,
        about == null ? null : Ids.of(kind, about.namespace(), name),
        Event.Source.KUBERNETES,
        object.reason() == null ? "Unknown" : object.reason(),
        null,
        warning ? Event.Severity.WARNING : Event.Severity.INFO,
        warning ? Event.State.WARNING : Event.State.OK,
        count,
        message(object, kind, about == null ? null : about.namespace(), name),
        last);
  }

  /** With what it is about, which no column holds unless it is a pod or a deployment. */
  private static @Nullable String message(
      EventObject object,
      @Nullable String kind,
      @Nullable String namespace,
      @Nullable String name) {
    String message = object.message();
    if (message == null || kind == null || name == null) {
      return message;
    }
    return switch (kind) {
      case "Pod", "Deployment", "Node" -> message;
      default -> kind + " " + (namespace == null ? "" : namespace + "/") + name + ": " + message;
    };
  }

  private static @Nullable Instant first(@Nullable String... times) {
    for (String time : times) {
      Instant parsed = Json.time(time);
      if (parsed != null) {
        return parsed;
      }
    }
    return null;
  }
}
