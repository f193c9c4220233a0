package io.muster.agent.poll;

import io.muster.agent.metrics.ServerState;
import io.muster.agent.metrics.ServerState.Lifecycle;
import io.muster.agent.provider.ServerFacts;
import io.muster.protocol.Server;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the inventory.
 *
 * @param loop null = not polled
 */
record Member(Server server, ServerStatus.Condition condition, @Nullable ServerLoop loop) {
  ServerStatus status() {
    return loop != null
        ? loop.status()
        : ServerStatus.unpolled(server, condition, Duration.ZERO, Duration.ZERO);
  }

  /** Writes what a server that isn't polled is; one that is has its loop for that. */
  void record(Surroundings around, Instant ts, Lifecycle lifecycle) {
    around
        .recorder()
        .serverState(
            around.settings().originOf(server),
            ts,
            new ServerState(
                lifecycle,
                null,
                around.settings().intervalOf(server),
                ServerFacts.UNKNOWN,
                server.entry().tags()));
  }
}
