package io.muster.agent.openstack;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.JsonNode;
import io.muster.protocol.Secret;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What Keystone gave, and what it says of us.
 *
 * @param lifetime null = Keystone did not say
 * @param receivedAt by our clock
 */
record Token(
    Secret id,
    @Nullable Duration lifetime,
    Instant receivedAt,
    @Nullable Instant issuedAt,
    String projectId,
    String projectName,
    Catalog catalog) {
  /** Renewed when so much of its life is left, so that no call of a poll meets its end. */
  private static final Duration MARGIN = Duration.ofMinutes(5);

  /** Of a token that lives shorter than a few margins. */
  private static final int MARGIN_PART = 4;

  static Token read(ApiClient.Reply reply, Instant now) throws IOException {
    JsonNode token = Json.tree(reply.body()).path("token");
    String id = reply.token();
    if (id == null || !token.isObject()) {
      throw new JsonParseException(null, "no token: this is no Keystone v3");
    }
    JsonNode project = token.path("project");
    if (project.path("id").asText("").isEmpty()) {
      throw new JsonParseException(null, "the token belongs to no project");
    }
    Instant issued = Json.time(token.path("issued_at").asText(""));
    Instant expires = Json.time(token.path("expires_at").asText(""));
    return new Token(
        new Secret(id),
        issued == null || expires == null ? null : Duration.between(issued, expires),
        now,
        issued,
        project.path("id").asText(),
        project.path("name").asText(project.path("id").asText()),
        Catalog.read(token.path("catalog")));
  }

  /** Whether it is still good, by what Keystone said when it gave it. */
  boolean isGood(Instant now) {
    return lifetime == null || now.isBefore(receivedAt.plus(lifetime));
  }

  /** Whether a new one should be had before it is used further. */
  boolean isDue(Instant now) {
    if (lifetime == null) {
      return false;
    }
    Duration part = lifetime.dividedBy(MARGIN_PART);
    Duration margin = part.compareTo(MARGIN) < 0 ? part : MARGIN;
    return !now.isBefore(receivedAt.plus(lifetime).minus(margin));
  }
}
