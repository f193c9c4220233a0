package io.muster.agent.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.agent.openstack.Shapes.ActionShape;
import io.muster.agent.openstack.Shapes.ServiceShape;
import io.muster.agent.openstack.Shapes.VolumeShape;
import io.muster.agent.provider.Event;
import io.muster.agent.provider.Event.Severity;
import io.muster.agent.provider.Event.Source;
import io.muster.agent.provider.Event.State;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes events of what the cloud tells, each state of one once. One thread at a time. */
final class EventMaker {
  /** Those of the last hours, in any cloud. */
  private static final int MOST_KNOWN = 5000;

  private final String cluster;
  private final Map<String, Event> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Event> eldest) {
          return size() > MOST_KNOWN;
        }
      };
  private final Map<String, Event> silent = new LinkedHashMap<>();

  EventMaker(String cluster) {
    this.cluster = cluster;
  }

  /** Adds it when it is news. */
  void unlessKnown(Event event, List<Event> events) {
    if (!event.equals(known.put(event.eventId(), event))) {
      events.add(event);
    }
  }

  /**
   * @param detail of the action: its steps, each with its result and its end
   */
  Event action(Instance instance, ActionShape action, Instant start, JsonNode detail) {
    State state = State.RUNNING;
    Instant end = null;
    boolean failed = "Error".equals(action.message());
    for (JsonNode step : detail.path("events")) {
      Instant finish = Json.time(step.path("finish_time").asText(""));
      if (finish == null) {
        end = null;
        state = State.RUNNING;
        break;
      }
      end = end == null || finish.isAfter(end) ? finish : end;
      state = State.OK;
      failed |= "Error".equals(step.path("result").asText(""));
    }
    if (failed) {
      state = State.FAILED;
    }
    return new Event(
        start,
        "action:" + action.request() + ":" + instance.id(),
        cluster,
        instance.node(),
        instance.vmId(),
        Source.INSTANCE_ACTION,
        action.action() == null ? "unknown" : action.action(),
        action.user(),
        failed ? Severity.ERROR : Severity.INFO,
        state,
        null,
        name(instance) + (failed ? ": " + action.action() + " failed" : ""),
        end);
  }

  Event fault(Instance instance, Fault fault) {
    return new Event(
        fault.created(),
        "fault:" + instance.id() + ":" + fault.created().getEpochSecond(),
        cluster,
        instance.node(),
        instance.vmId(),
        Source.INSTANCE_ACTION,
        "fault",
        null,
        Severity.ERROR,
        State.FAILED,
        null,
        name(instance) + ": " + ErrorText.shorten(fault.message()),
        null);
  }

  /** Null = without a time. */
  @Nullable Event broken(VolumeShape volume) {
    Instant updated = Json.time(volume.updated());
    Instant at = updated == null ? Json.time(volume.created()) : updated;
    return at == null || volume.id() == null
        ? null
        : new Event(
            at,
            "volume:" + volume.id() + ":" + at.getEpochSecond(),
            cluster,
            null,
            null,
            Source.LOG,
            "volume-" + volume.status(),
            null,
            Severity.ERROR,
            State.FAILED,
            null,
            "volume "
                + (volume.name() == null ? volume.id() : volume.name())
                + " is in "
                + volume.status(),
            null);
  }

  /** Services of the control plane that fell silent, or are heard of again. */
  void services(Services services, Instant tick, List<Event> events) {
    for (ServiceShape service : services.others()) {
      String id = "service:" + service.binary() + ":" + service.host();
      boolean down = Services.isEnabled(service) && !Services.isUp(service);
      Event before = silent.get(id);
      String name = service.binary() + " on " + service.host();
      if (down && before == null) {
        Event event =
            service(
                id, tick, Severity.ERROR, State.RUNNING, name + " is not heard of any more", null);
        silent.put(id, event);
        events.add(event);
      } else if (!down && before != null) {
        silent.remove(id);
        events.add(
            service(
                id,
                before.startedAt(),
                Severity.INFO,
                State.OK,
                name + " is heard of again",
                tick));
      }
    }
  }

  private Event service(
      String id,
      Instant start,
      Severity severity,
      State state,
      String message,
      @Nullable Instant end) {
    return new Event(
        start,
        id,
        cluster,
        null,
        null,
        Source.MUSTER,
        "service-down",
        null,
        severity,
        state,
        null,
        message,
        end);
  }

  private static String name(Instance instance) {
    return instance.name() == null ? instance.id() : instance.name();
  }
}
