package io.muster.agent.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a token ends, from its user in {@code /access/users/{userid}}: its own {@code expire} or the
 * user's, whichever comes first.
 *
 * @param at null = never
 */
record TokenExpiry(@Nullable Instant at) {
  /**
   * @param name what follows the {@code !} of the token's id
   * @throws MalformedAnswerException when the user's tokens are not stated: then nothing is known
   */
  static TokenExpiry read(JsonNode data, String name) throws MalformedAnswerException {
    Json.object(data);
    JsonNode token = data.path("tokens").path(name);
    if (!token.isObject()) {
      throw new MalformedAnswerException("the user has no token '" + Json.shorten(name) + "'");
    }
    Instant own = Json.instant(token, "expire");
    Instant user = Json.instant(data, "expire");
    if (own == null || user == null) {
      return new TokenExpiry(own == null ? user : own);
    }
    return new TokenExpiry(own.isBefore(user) ? own : user);
  }
}
