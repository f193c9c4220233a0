package io.muster.agent.proxmox;

import io.muster.agent.provider.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which tasks of a listing are new or in a new state. Remembers only what is still listed. */
final class TaskEvents {
  private final Map<String, Event> known = new HashMap<>();

  List<Event> changed(List<Event> listed) {
    List<Event> changed = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Event event : listed) {
      ids.add(event.eventId());
      Event before = known.put(event.eventId(), event);
      if (before == null || before.state() != event.state()) {
        changed.add(event);
      }
    }
    known.keySet().retainAll(ids);
    return changed;
  }
}
