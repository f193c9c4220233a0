package io.muster.agent.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** When a service account's token ends: it says so itself. */
final class TokenExpiry {
  private TokenExpiry() {}

  /** Null = it is no such token, or does not end. */
  static @Nullable Instant of(Login login) {
    Login.Authorization authorization = login.authorization();
    if (authorization == null) {
      return null;
    }
    try {
      String[] parts = authorization.header().split("[ .]", -1);
      if (parts.length != 4) {
        return null;
      }
      JsonNode claims =
          Json.tree(new ByteArrayInputStream(Base64.getUrlDecoder().decode(parts[2])));
      long seconds = claims.path("exp").asLong();
      return seconds <= 0 ? null : Instant.ofEpochSecond(seconds);
    } catch (IOException | IllegalArgumentException | java.time.DateTimeException e) {
      return null;
    }
  }
}
