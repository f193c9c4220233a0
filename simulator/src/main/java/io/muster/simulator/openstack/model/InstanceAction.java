package io.muster.simulator.openstack.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done to a machine.
 *
 * @param project of whoever did it
 * @param message null unless it went wrong
 */
public record InstanceAction(
    String action,
    String requestId,
    String user,
    String project,
    Instant start,
    Instant updated,
    @Nullable String message,
    List<ActionEvent> events) {
  public InstanceAction {
    events = List.copyOf(events);
  }

  /** The same at its end. */
  InstanceAction finished(Instant now, @Nullable String problem) {
    return new InstanceAction(
        action,
        requestId,
        user,
        project,
        start,
        now,
        problem == null ? null : "Error",
        events.stream().map(event -> event.finished(now, problem)).toList());
  }
}
