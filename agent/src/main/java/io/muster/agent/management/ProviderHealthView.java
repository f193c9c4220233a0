package io.muster.agent.management;

import io.micronaut.serde.annotation.Serdeable;
import io.muster.agent.metrics.ConnectionAttempt;
import io.muster.agent.poll.ServerStatus;
import io.muster.protocol.Failure;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How one server does.
 *
 * @param status {@code up}, {@code down}, {@code not-polled-yet}, {@code disabled}, {@code
 *     no-driver}
 * @param lastSuccessAgeSeconds null = no success since the agent started
 * @param failure of the newest attempt; null = it succeeded, or there was none
 */
@Serdeable
record ProviderHealthView(
    String id,
    String name,
    String provider,
    String status,
    @Nullable Double lastSuccessAgeSeconds,
    @Nullable Failure failure,
    @Nullable String errorMessage,
    String breaker) {

  static ProviderHealthView of(ServerStatus server, Instant now) {
    ConnectionAttempt last = server.last();
    return new ProviderHealthView(
        server.server().entry().id().toString(),
        server.server().entry().name(),
        server.server().kind().label(),
        status(server),
        age(server.lastSuccess(), now),
        last == null ? null : last.failure(),
        last == null ? null : last.errorMessage(),
        server.breaker().label());
  }

  static String status(ServerStatus server) {
    return switch (server.condition()) {
      case DISABLED -> "disabled";
      case NO_DRIVER -> "no-driver";
      case POLLED -> {
        ConnectionAttempt last = server.last();
        yield last == null ? "not-polled-yet" : last.success() ? "up" : "down";
      }
    };
  }

  static @Nullable Double age(@Nullable Instant then, Instant now) {
    return then == null ? null : Duration.between(then, now).toMillis() / 1000.0;
  }
}
