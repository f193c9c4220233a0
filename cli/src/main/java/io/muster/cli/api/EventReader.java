package io.muster.cli.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Reads {@code text/event-stream} as the HTML standard describes it. One thread reads. */
final class EventReader {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What the standard calls an event without a kind. */
  private static final String NO_KIND = "message";

  private final BufferedReader lines;
  private String id = "";
  private volatile @Nullable Duration retry;

  EventReader(InputStream body) {
    lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /** How long the API wants readers to wait before they come again; null = it has not said. */
  @Nullable Duration retry() {
    return retry;
  }

  /** Blocks until there is something. */
  Heard next() {
    try {
      return read();
    } catch (IOException broken) {
      return new Heard.Ended(broken);
    }
  }

  /** An event ends at an empty line; what the end of the stream cuts off is none. */
  private Heard read() throws IOException {
    var kind = NO_KIND;
    var data = new StringJoiner("\n");
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.isEmpty()) {
        return data.length() == 0
            ? new Heard.Beat(id)
            : new Heard.Told(new ServerEvent(id, kind, JSON.readTree(data.toString())));
      }
      var colon = line.indexOf(':');
      var field = colon < 0 ? line : line.substring(0, colon);
      var value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
      switch (field) {
        case "" -> {
          if (data.length() == 0 && kind.equals(NO_KIND)) {
            return new Heard.Beat(id);
          }
        }
        case "event" -> kind = value;
        case "data" -> data.add(value);
        case "id" -> id = value;
        case "retry" -> retry = milliseconds(value);
        default -> {
          // The standard says: what is not known is left alone.
        }
      }
    }
    return new Heard.Ended(null);
  }

  private @Nullable Duration milliseconds(String value) {
    return value.matches("[0-9]{1,9}") ? Duration.ofMillis(Long.parseLong(value)) : retry;
  }
}
