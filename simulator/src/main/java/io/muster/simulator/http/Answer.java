package io.muster.simulator.http;

import java.util.Map;

/**
 * An answer that is whole.
 *
 * @param contentType empty for an answer without a body
 * @param headers beside type and length
 */
public record Answer(int status, String contentType, Map<String, String> headers, String body) {
  public static Answer json(int status, String body) {
    return new Answer(status, "application/json", Map.of(), body);
  }

  public static Answer text(int status, String body) {
    return new Answer(status, "text/plain; charset=utf-8", Map.of(), body);
  }
}
