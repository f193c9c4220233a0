package io.muster.simulator.playback;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of a recording.
 *
 * @param host address that was asked
 * @param status 0 = nothing answered then
 * @param body null = none
 */
record RecordedCall(
    Instant at,
    String host,
    String method,
    String path,
    int status,
    String reason,
    List<Header> headers,
    @Nullable JsonNode body) {
  RecordedCall {
    headers = List.copyOf(headers);
  }

  /** One line of a header section. */
  record Header(String name, String value) {}
}
