package io.muster.simulator.kubernetes.world;

import io.muster.simulator.kubernetes.model.Event;
import io.muster.simulator.kubernetes.model.KubeObject;
import io.muster.simulator.kubernetes.model.Meta;
import io.muster.simulator.kubernetes.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Records events; what happens again is counted. Called with the lock of writes held. */
final class Recorder {
  /** As the real API server: after so long an event is forgotten. */
  private static final Duration KEPT = Duration.ofHours(1);

  /** So many can still be counted on. */
  private static final int COUNTED = 4096;

  private final Store<Event> events;
  private final InstantSource clock;
  private final Names names;
  private final Map<String, String> known = new LinkedHashMap<>();

  Recorder(Store<Event> events, InstantSource clock, Names names) {
    this.events = events;
    this.clock = clock;
    this.names = names;
  }

  void normal(KubeObject<?> object, String kind, String reason, String message, String component) {
    record(object, kind, false, reason, message, component, "");
  }

  /**
   * Records one.
   *
   * @param host where the component runs; empty: not told
   */
  void record(
      KubeObject<?> object,
      String kind,
      boolean warning,
      String reason,
      String message,
      String component,
      String host) {
    Meta meta = object.meta();
    String namespace = meta.namespace().isEmpty() ? "default" : meta.namespace();
    String key = meta.uid() + " " + reason + " " + message;
    String name = known.get(key);
    Instant now = clock.instant();
    if (name != null && events.update(namespace, name, event -> event.again(now)) != null) {
      return;
    }
    String fresh = meta.name() + "." + names.letters(12);
    known.put(key, fresh);
    if (known.size() > COUNTED) {
      known.remove(known.keySet().iterator().next());
    }
    Event.About about =
        new Event.About(apiVersion(kind), kind, meta.namespace(), meta.name(), meta.uid());
    events.add(
        new Event(
            Meta.of(namespace, fresh, names.uid(), now, Map.of()),
            about,
            warning,
            reason,
            message,
            component,
            host,
            now,
            now,
            1));
  }

  private static String apiVersion(String kind) {
    return switch (kind) {
      case "Pod", "Node" -> "v1";
      case "Job" -> "batch/v1";
      default -> "apps/v1";
    };
  }

  /** Forgets what is old. */
  void forget() {
    Instant oldest = clock.instant().minus(KEPT);
    for (Event event : events.all(null)) {
      if (event.last().isBefore(oldest)) {
        events.remove(event.meta().namespace(), event.meta().name());
      }
    }
  }
}
