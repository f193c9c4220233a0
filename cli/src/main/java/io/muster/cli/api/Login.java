package io.muster.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.protocol.Secret;
import java.time.Duration;
import java.time.Instant;

/**
 * A kept login.
 *
 * @param user who signed in
 * @param role {@code viewer}, {@code operator} or {@code admin}
 * @param expiresAt when the access token ends
 */
public record Login(
    String user,
    String role,
    String tenant,
    Secret accessToken,
    Secret refreshToken,
    Instant expiresAt) {
  /** Clocks differ, and a call takes its time. */
  private static final Duration RENEWED_BEFORE_ITS_END = Duration.ofMinutes(1);

  /** As {@code POST /login} and {@code POST /login/refresh} answer. */
  static Login of(String user, JsonNode answer, Instant now) {
    return new Login(
        user,
        answer.path("role").asText(""),
        answer.path("tenant").isObject()
            ? answer.path("tenant").path("name").asText("")
            : answer.path("tenant").asText(""),
        new Secret(answer.path("accessToken").asText()),
        new Secret(answer.path("refreshToken").asText()),
        now.plusSeconds(answer.path("expiresIn").asLong()));
  }

  boolean isFresh(Instant now) {
    return now.isBefore(expiresAt.minus(RENEWED_BEFORE_ITS_END));
  }
}
