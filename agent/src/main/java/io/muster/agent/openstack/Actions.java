package io.muster.agent.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.agent.openstack.Shapes.ActionShape;
import io.muster.agent.provider.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was done to instances, asked of those alone that changed: the list of an instance's actions,
 * and how its newest ones ended. One thread at a time.
 */
final class Actions {
  /** Two or three calls each: a poll in which everything changed takes a second longer. */
  private static final int MOST = 10;

  /** Of a cloud where all was restarted; what does not fit is not asked. */
  private static final int MOST_WAITING = 1000;

  /** At the agent's start, what is older was seen by the agent before it. */
  private static final Duration RECENT = Duration.ofMinutes(15);

  /** Nothing is followed longer: a resize waits for its confirmation in a state of its own. */
  private static final Duration PATIENCE = Duration.ofHours(1);

  /** Newest actions of an instance that are looked into. */
  private static final int MOST_OF_ONE = 3;

  private final Session session;
  private final Parts parts;
  private final EventMaker events;
  private final Map<String, Instance> waiting = new LinkedHashMap<>();

  Actions(Session session, Parts parts, EventMaker events) {
    this.session = session;
    this.parts = parts;
    this.events = events;
  }

  List<Event> read(List<Instance> changed, Round round) throws InterruptedException {
    Instant since = round.at().minus(RECENT);
    for (Instance instance : changed) {
      Instant updated = instance.updated();
      boolean recent = updated != null && updated.isAfter(since);
      if (recent && (waiting.size() < MOST_WAITING || waiting.containsKey(instance.id()))) {
        waiting.put(instance.id(), instance);
      }
    }
    List<Event> read = new ArrayList<>();
    List<Instance> turn = waiting.values().stream().limit(MOST).toList();
    if (!turn.isEmpty()) {
      parts.run(
          Part.ACTIONS,
          round.at(),
          () -> {
            for (Instance instance : turn) {
              // At the end of those that wait, also when it can't be told: others have their turn.
              waiting.remove(instance.id());
              waiting.put(instance.id(), instance);
              if (ask(instance, round, read)) {
                waiting.remove(instance.id());
              }
            }
          });
      if (parts.isForbidden(Part.ACTIONS)) {
        waiting.clear();
      }
    }
    return read;
  }

  /** Whether nothing is left to be asked. */
  private boolean ask(Instance instance, Round round, List<Event> read) throws CallException {
    List<ActionShape> actions = new ArrayList<>();
    String path = "/servers/" + instance.id() + "/os-instance-actions";
    try {
      session.<ActionShape>list(
          Service.COMPUTE,
          path,
          round.version(),
          "instanceActions",
          Json.reader(ActionShape.class),
          actions::add,
          round.deadline(),
          round.calls());
      boolean ended = true;
      int looked = 0;
      for (ActionShape action : actions) {
        Instant start = Json.time(action.start());
        if (start == null || action.request() == null) {
          continue;
        }
        if (start.isBefore(round.at().minus(PATIENCE)) || looked++ >= MOST_OF_ONE) {
          break;
        }
        JsonNode detail =
            session
                .get(
                    Service.COMPUTE,
                    path + "/" + action.request(),
                    round.version(),
                    round.deadline(),
                    round.calls())
                .path("instanceAction");
        Event event = events.action(instance, action, start, detail);
        ended &= event.state() != Event.State.RUNNING;
        events.unlessKnown(event, read);
      }
      return ended;
    } catch (CallException e) {
      if (e.isAbsent()) {
        return true; // gone since
      }
      throw e;
    }
  }

  /** Why an instance broke, where the list does not say: when no host was found for it. */
  @Nullable Fault fault(Instance instance, Round round) throws CallException {
    JsonNode fault =
        session
            .get(
                Service.COMPUTE,
                "/servers/" + instance.id(),
                round.version(),
                round.deadline(),
                round.calls())
            .path("server")
            .path("fault");
    Instant created = Json.time(fault.path("created").asText(""));
    String message = fault.path("message").asText("").strip();
    return created == null || message.isEmpty() ? null : new Fault(created, message);
  }
}
