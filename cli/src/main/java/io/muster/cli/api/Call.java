package io.muster.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One request.
 *
 * @param path below {@code /api/v1}, its parts encoded
 * @param query in this order
 * @param contentType null = there is no body
 * @param accepted what the answer may be; a refusal is always JSON
 * @param ifMatch the version that is meant; null = whatever is there
 */
public record Call(
    String method,
    String path,
    Map<String, String> query,
    BodyPublisher body,
    @Nullable String contentType,
    String accepted,
    @Nullable String ifMatch) {

  private static final String JSON = "application/json";
  private static final String NAME = "name:";

  public static Call get(String path) {
    return new Call("GET", path, Map.of(), BodyPublishers.noBody(), null, JSON, null);
  }

  /** A CSV file. */
  public static Call download(String path) {
    return new Call("GET", path, Map.of(), BodyPublishers.noBody(), null, "text/csv", null);
  }

  /** What happens, as it happens. */
  public static Call events(String path) {
    return new Call(
        "GET", path, Map.of(), BodyPublishers.noBody(), null, "text/event-stream", null);
  }

  public static Call post(String path) {
    return new Call("POST", path, Map.of(), BodyPublishers.noBody(), null, JSON, null);
  }

  public static Call post(String path, JsonNode body) {
    return withBody("POST", path, body);
  }

  public static Call post(String path, byte[] body, String contentType) {
    return new Call(
        "POST", path, Map.of(), BodyPublishers.ofByteArray(body), contentType, JSON, null);
  }

  public static Call put(String path, JsonNode body) {
    return withBody("PUT", path, body);
  }

  public static Call patch(String path, JsonNode body) {
    return withBody("PATCH", path, body);
  }

  public static Call delete(String path) {
    return new Call("DELETE", path, Map.of(), BodyPublishers.noBody(), null, JSON, null);
  }

  private static Call withBody(String method, String path, JsonNode body) {
    return new Call(
        method, path, Map.of(), BodyPublishers.ofString(body.toString()), JSON, JSON, null);
  }

  /** Left out when there is no value. */
  public Call with(String key, @Nullable Object value) {
    if (value == null) {
      return this;
    }
    var more = new LinkedHashMap<>(query);
    more.put(key, value.toString());
    return new Call(method, path, more, body, contentType, accepted, ifMatch);
  }

  /** Those of one server, when there is one named. */
  public Call ofServer(@Nullable String nameOrId) {
    return with("server", nameOrId == null ? null : reference(nameOrId));
  }

  public Call ifMatch(@Nullable String version) {
    return new Call(method, path, query, body, contentType, accepted, version);
  }

  /** A part of a path. */
  public static String part(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** As a route names a thing that people call by its name: by id, or {@code name:<name>}. */
  public static String named(String nameOrId) {
    var reference = reference(nameOrId);
    return reference.startsWith(NAME) ? NAME + part(reference.substring(NAME.length())) : reference;
  }

  /** The same in a query: {@link #with} encodes it. */
  public static String reference(String nameOrId) {
    try {
      return UUID.fromString(nameOrId).toString();
    } catch (IllegalArgumentException isAName) {
      return nameOrId.startsWith(NAME) ? nameOrId : NAME + nameOrId;
    }
  }

  String pathAndQuery() {
    var text = new StringBuilder(path);
    var separator = '?';
    for (var parameter : query.entrySet()) {
      text.append(separator)
          .append(part(parameter.getKey()))
          .append('=')
          .append(part(parameter.getValue()));
      separator = '&';
    }
    return text.toString();
  }

  /** Bodies hold passwords. */
  @Override
  public String toString() {
    return method + " " + pathAndQuery();
  }
}
