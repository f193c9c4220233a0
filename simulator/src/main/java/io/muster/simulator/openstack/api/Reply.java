package io.muster.simulator.openstack.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.simulator.http.Answer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a service answers.
 *
 * @param body null for none
 */
public record Reply(
    int status, String contentType, Map<String, String> headers, @Nullable JsonNode body) {
  private static final String JSON = "application/json";

  public static Reply ok(JsonNode body) {
    return of(200, body);
  }

  public static Reply of(int status, JsonNode body) {
    return new Reply(status, JSON, Map.of(), body);
  }

  /** Without a body. */
  public static Reply empty(int status) {
    return new Reply(status, status == 204 ? "" : JSON, Map.of(), null);
  }

  /** The same with one header more. */
  public Reply with(String name, String value) {
    return with(Map.of(name, value));
  }

  /** The same with more headers. */
  public Reply with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new Reply(status, contentType, all, body);
  }

  Answer answer() {
    return new Answer(status, contentType, headers, body == null ? "" : body.toString());
  }
}
