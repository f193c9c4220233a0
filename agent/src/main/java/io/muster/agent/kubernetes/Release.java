package io.muster.agent.kubernetes;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.JsonNode;
import io.muster.agent.provider.Deadline;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Which Kubernetes answers, and by which clock. Whoever may sign in may ask that.
 *
 * @param skew the server's clock minus ours; null when it told no time
 */
record Release(String version, @Nullable Duration skew) {
  static Release ask(ApiClient client, Deadline deadline, CallCounter calls, InstantSource clock)
      throws CallException {
    Instant asked = clock.instant();
    return client.get("/version", reply -> read(reply, asked, clock.instant()), deadline, calls);
  }

  private static Release read(ApiClient.Reply reply, Instant asked, Instant answered)
      throws IOException {
    JsonNode tree = Json.tree(reply.body());
    String version = tree.path("gitVersion").asText("");
    if (version.isEmpty()) {
      throw new JsonParseException(null, "`gitVersion` is missing: this is no API server");
    }
    return new Release(
        version.startsWith("v") ? version.substring(1) : version,
        skew(reply.date(), asked, answered));
  }

  /** The header has whole seconds: less than one tells nothing. */
  private static @Nullable Duration skew(@Nullable Instant date, Instant asked, Instant answered) {
    if (date == null) {
      return null;
    }
    Duration ahead = Duration.between(answered, date);
    Duration behind = Duration.between(asked, date.plusSeconds(1));
    return ahead.isPositive() ? ahead : behind.isNegative() ? behind : Duration.ZERO;
  }
}
