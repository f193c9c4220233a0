package io.muster.simulator.kubernetes.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.kubernetes.model.Event;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code events}, in the old group and in their own. */
final class EventKind extends Kind<Event> {
  private final boolean newer;

  /**
   * @param newer those of {@code events.k8s.io}
   */
  EventKind(boolean newer) {
    super(
        new Names(
            newer ? "events.k8s.io" : "",
            "v1",
            "events",
            "event",
            "Event",
            true,
            List.of("ev"),
            READ));
    this.newer = newer;
  }

  @Override
  void write(Event event, ObjectNode into) {
    Event.About about = event.about();
    ObjectNode object = into.putObject(newer ? "regarding" : "involvedObject");
    object.put("kind", about.kind());
    if (!about.namespace().isEmpty()) {
      object.put("namespace", about.namespace());
    }
    object
        .put("name", about.name())
        .put("uid", about.uid().toString())
        .put("apiVersion", about.apiVersion());
    into.put("reason", event.reason())
        .put(newer ? "note" : "message", event.message())
        .put("type", event.warning() ? "Warning" : "Normal");
    ObjectNode source =
        into.putObject(newer ? "deprecatedSource" : "source").put("component", event.component());
    if (!event.host().isEmpty()) {
      source.put("host", event.host());
    }
    into.put(newer ? "deprecatedFirstTimestamp" : "firstTimestamp", Json.time(event.first()))
        .put(newer ? "deprecatedLastTimestamp" : "lastTimestamp", Json.time(event.last()))
        .put(newer ? "deprecatedCount" : "count", event.count())
        .putNull("eventTime")
        .put(newer ? "reportingController" : "reportingComponent", event.component())
        .put("reportingInstance", event.host());
  }

  @Override
  List<String> fields() {
    return newer
        ? List.of("regarding.kind", "regarding.namespace", "regarding.name", "reason", "type")
        : List.of(
            "involvedObject.kind",
            "involvedObject.namespace",
            "involvedObject.name",
            "involvedObject.uid",
            "reason",
            "source",
            "type");
  }

  @Override
  @Nullable String field(Event event, String path) {
    return switch (path.substring(path.indexOf('.') + 1)) {
      case "kind" -> event.about().kind();
      case "namespace" -> event.about().namespace();
      case "name" -> event.about().name();
      case "uid" -> event.about().uid().toString();
      case "reason" -> event.reason();
      case "source" -> event.component();
      case "type" -> event.warning() ? "Warning" : "Normal";
      default -> null;
    };
  }

  @Override
  boolean showsName() {
    return false;
  }

  @Override
  List<Column> columns() {
    return List.of(
        Column.of("Last Seen"),
        Column.of("Type"),
        Column.of("Reason"),
        Column.of("Object"),
        Column.wide("Subobject"),
        Column.wide("Source"),
        Column.of("Message"),
        Column.wide("First Seen"),
        Column.wide("Count"),
        Column.wide("Name"));
  }

  @Override
  List<Object> cells(Event event, Instant now) {
    return List.of(
        Age.of(event.last(), now),
        event.warning() ? "Warning" : "Normal",
        event.reason(),
        event.about().kind().toLowerCase(Locale.ROOT) + "/" + event.about().name(),
        "",
        event.host().isEmpty() ? event.component() : event.component() + ", " + event.host(),
        event.message(),
        Age.of(event.first(), now),
        event.count(),
        event.meta().name());
  }
}
