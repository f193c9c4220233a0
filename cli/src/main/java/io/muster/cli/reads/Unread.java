package io.muster.cli.reads;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Servers of a list that fail, so that what they have is old or missing. */
final class Unread {
  private Unread() {}

  /** A sentence for each. */
  static List<String> of(JsonNode answer) {
    return answer
        .path("servers")
        .valueStream()
        .filter(server -> server.hasNonNull("error"))
        .map(server ->
            "%s is not read: %s"
                .formatted(server.path("name").asText(), server.path("error").asText()))
        .toList();
  }
}
