package io.muster.agent.kubernetes;

import io.muster.agent.provider.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which events were told of, and with which count: listing them anew tells nothing twice. The API
 * server forgets an event after an hour, and so does this. Guarded by its model.
 */
final class KnownEvents {
  private final Map<String, Map<String, Told>> feeds = new HashMap<>();

  private record Told(@Nullable Integer count) {}

  List<Event> listed(String feed, List<Event> all) {
    Map<String, Told> before = of(feed);
    Map<String, Told> now = HashMap.newHashMap(all.size());
    List<Event> news = new ArrayList<>();
    for (Event event : all) {
      Told told = new Told(event.count());
      now.put(event.eventId(), told);
      if (!told.equals(before.get(event.eventId()))) {
        news.add(event);
      }
    }
    feeds.put(feed, now);
    return news;
  }

  List<Event> seen(String feed, Event event) {
    Told told = new Told(event.count());
    return Objects.equals(of(feed).put(event.eventId(), told), told) ? List.of() : List.of(event);
  }

  void forget(String feed, Event event) {
    of(feed).remove(event.eventId());
  }

  private Map<String, Told> of(String feed) {
    return feeds.computeIfAbsent(feed, key -> new HashMap<>());
  }
}
