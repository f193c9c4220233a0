package io.muster.control.security;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as bytes, for what no HTTP client sends.
 *
 * @param target path and query, as they are
 * @param body a character a byte; null = none, and no word of its length
 */
record RawRequest(
    String method, String target, Map<String, String> headers, @Nullable String body) {
  /** More than any answer takes on a busy machine: a hung one fails its test. */
  private static final int PATIENCE_MS = 60_000;

  RawRequest withHeader(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new RawRequest(method, target, more, body);
  }

  RawRequest with(String other) {
    return new RawRequest(method, target, headers, other);
  }

  RawRequest withoutBody() {
    return new RawRequest(method, target, headers, null);
  }

  RawRequest at(String other) {
    return new RawRequest(method, other, headers, body);
  }

  /** What came back; its status is 0 when the connection was closed without a word. */
  record Reply(int status, String head, String body) {
    boolean isProblem() {
      return head.contains("content-type: application/problem+json")
          && body.contains("\"code\":\"")
          && body.contains("\"detail\":\"");
    }
  }

  Reply send(URI api) {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    head.append("Host: ").append(api.getAuthority()).append("\r\nConnection: close\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (body != null) {
      head.append("Content-Length: ").append(body.length()).append("\r\n");
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try (Socket socket = new Socket(api.getHost(), api.getPort())) {
      socket.setSoTimeout(PATIENCE_MS);
      all.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
      if (body != null) {
        all.writeBytes(body.getBytes(StandardCharsets.ISO_8859_1));
      }
      socket.getOutputStream().write(all.toByteArray());
      return reply(read(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(this + " got no answer", e);
    }
  }

  /** All of it; of what never ends, enough to tell. */
  private static String read(InputStream answer) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] part = new byte[8192];
    for (int length = answer.read(part); length >= 0; length = answer.read(part)) {
      all.write(part, 0, length);
      String head = all.toString(StandardCharsets.UTF_8).split("\r\n\r\n", 2)[0];
      if (head.toLowerCase(Locale.ROOT).contains("content-type: text/event-stream")) {
        break;
      }
    }
    return all.toString(StandardCharsets.UTF_8);
  }

  private static Reply reply(String text) {
    if (text.isEmpty()) {
      return new Reply(0, "", "");
    }
    String[] parts = text.split("\r\n\r\n", 2);
    return new Reply(
        Integer.parseInt(text.substring(9, 12)), parts[0].toLowerCase(Locale.ROOT), parts[1]);
  }

  @Override
  public String toString() {
    String sent = body == null ? "" : body;
    return "%s %s %s %s"
        .formatted(
            method, cut(target), headers.get("Content-Type"), cut(sent).replaceAll("\\s+", " "));
  }

  private static String cut(String text) {
    return text.length() > 200 ? text.substring(0, 200) + "…" : text;
  }
}
