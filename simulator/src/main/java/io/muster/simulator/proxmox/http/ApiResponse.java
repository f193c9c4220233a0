package io.muster.simulator.proxmox.http;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer, ready for the wire but for the headers that every answer has.
 *
 * @param reason the status line's text, one line
 * @param contentType null for the answers that have none
 * @param body text, empty for none
 * @param forwarded whether another process gave it, whose {@code Connection: close} shows
 * @param late whether it is held back, as every 401 is
 */
record ApiResponse(
    int status,
    String reason,
    @Nullable String contentType,
    String body,
    boolean forwarded,
    boolean late,
    Map<String, String> headers) {
  private static final String JSON = "application/json;charset=UTF-8";

  static ApiResponse json(int status, String reason, String body, boolean forwarded) {
    return new ApiResponse(
        status, firstLine(reason), JSON, body, forwarded, status == 401, Map.of());
  }

  /** The text is both the reason and the body. */
  static ApiResponse plain(int status, String text) {
    return new ApiResponse(status, firstLine(text), null, text, false, false, Map.of());
  }

  /** A status line and nothing behind it. */
  static ApiResponse empty(int status, String reason) {
    return new ApiResponse(status, firstLine(reason), null, "", false, status == 401, Map.of());
  }

  static ApiResponse redirect(int status, String reason, String location) {
    return new ApiResponse(status, reason, null, "", false, false, Map.of("Location", location));
  }

  private static String firstLine(String text) {
    List<String> lines = text.lines().toList();
    return lines.isEmpty() ? "" : lines.getFirst();
  }
}
