package io.muster.simulator.http;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request, read whole.
 *
 * @param uri as it was sent
 * @param headers by their names in lower case
 */
public record Request(
    String method,
    String uri,
    String path,
    Map<String, List<String>> query,
    Map<String, String> headers,
    String body) {
  /** A long command is many of them. */
  private static final int MOST_PARAMETERS = 4096;

  /** A command may have one. */
  private static final boolean SEMICOLON_IS_NORMAL = true;

  static Request of(FullHttpRequest request) {
    QueryStringDecoder uri =
        new QueryStringDecoder(
            request.uri(), StandardCharsets.UTF_8, true, MOST_PARAMETERS, SEMICOLON_IS_NORMAL);
    Map<String, String> headers = new TreeMap<>();
    request
        .headers()
        .forEach(header ->
            headers.merge(
                header.getKey().toLowerCase(Locale.ROOT),
                header.getValue(),
                (first, more) -> first + "," + more));
    return new Request(
        request.method().name(),
        request.uri(),
        uri.path(),
        uri.parameters(),
        headers,
        request.content().toString(StandardCharsets.UTF_8));
  }

  /** A header, or nothing. */
  public String header(String name) {
    return headers.getOrDefault(name, "");
  }

  /** A parameter, or null. */
  public @Nullable String parameter(String name) {
    List<String> values = query.get(name);
    return values == null ? null : values.getFirst();
  }

  /** Whether a parameter is there and true. */
  public boolean flag(String name) {
    String value = parameter(name);
    return value != null && (value.equals("true") || value.equals("1"));
  }

  /** Whether the client wants to go on as a WebSocket. */
  public boolean isWebSocket() {
    return header("upgrade").equalsIgnoreCase("websocket");
  }

  /** Whether the client wants to go on in the streams that kubectl used before WebSocket. */
  public boolean isSpdy() {
    return header("upgrade").equalsIgnoreCase("SPDY/3.1");
  }

  /** The token after {@code Bearer}, or null. */
  public @Nullable String bearer() {
    String authorization = header("authorization");
    return authorization.regionMatches(true, 0, "Bearer ", 0, 7)
        ? authorization.substring(7).strip()
        : null;
  }
}
