package io.muster.simulator.openstack.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A step of an action.
 *
 * @param finish null while it goes on
 * @param host where it is done, or null
 */
public record ActionEvent(
    String event,
    Instant start,
    @Nullable Instant finish,
    @Nullable String error,
    @Nullable String host) {

  ActionEvent finished(Instant now, @Nullable String problem) {
    return finish == null ? new ActionEvent(event, start, now, problem, host) : this;
  }
}
