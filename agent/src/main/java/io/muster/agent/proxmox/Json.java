package io.muster.agent.proxmox;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads Proxmox's JSON leniently both ways: numbers as text, text as numbers, booleans as 1 and
 * "1". What is absent or of no use is null.
 */
final class Json {
  /** Longest text of Proxmox that ends in a message. */
  private static final int MAX_TEXT = 300;

  /** The end of the year 9999: no time of measurement, and later ones overflow. */
  static final long LAST_SECOND = 253_402_300_799L;

  /** Names, notes and blockstat are far below; a hostile answer ends here. */
  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(64)
          .maxStringLength(1 << 20)
          .maxNameLength(1 << 10)
          .maxNumberLength(64)
          .build();

  static final JsonFactory FACTORY = JsonFactory.builder().streamReadConstraints(LIMITS).build();

  private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

  private Json() {}

  static JsonNode tree(InputStream body) throws IOException {
    JsonNode tree = MAPPER.readTree(body);
    if (tree == null || !tree.isObject()) {
      throw new MalformedAnswerException("the answer is not a JSON object");
    }
    return tree;
  }

  /** What stands under {@code data}; a JSON null when nothing does. */
  static JsonNode data(InputStream body) throws IOException {
    JsonNode tree = tree(body);
    if (!tree.has("data")) {
      throw new MalformedAnswerException("the answer has no `data`");
    }
    return tree.path("data");
  }

  /** The rows of a list. */
  static Iterable<JsonNode> rows(JsonNode data) throws MalformedAnswerException {
    if (!data.isArray()) {
      throw new MalformedAnswerException("`data` is " + kind(data) + ", not a list");
    }
    for (JsonNode row : data) {
      if (!row.isObject()) {
        throw new MalformedAnswerException("a row of `data` is " + kind(row) + ", not an object");
      }
    }
    return data;
  }

  static JsonNode object(JsonNode data) throws MalformedAnswerException {
    if (!data.isObject()) {
      throw new MalformedAnswerException("`data` is " + kind(data) + ", not an object");
    }
    return data;
  }

  static String required(JsonNode row, String field) throws MalformedAnswerException {
    String text = text(row, field);
    if (text == null) {
      throw new MalformedAnswerException("a row of `data` has no `" + field + "`");
    }
    return text;
  }

  static @Nullable String text(JsonNode row, String field) {
    JsonNode value = row.path(field);
    if (!value.isValueNode() || value.isNull()) {
      return null;
    }
    String text = value.asText();
    return text.isEmpty() ? null : text;
  }

  static @Nullable Double number(JsonNode row, String field) {
    return number(row.path(field));
  }

  static @Nullable Double number(JsonNode value) {
    if (value.isNumber()) {
      return finite(value.doubleValue());
    }
    if (value.isTextual()) {
      return number(value.textValue());
    }
    return null;
  }

  static @Nullable Double number(String text) {
    try {
      return finite(Double.parseDouble(text.strip()));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  static @Nullable Long whole(JsonNode row, String field) {
    JsonNode value = row.path(field);
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return value.longValue();
    }
    Double number = number(value);
    return number == null ? null : Long.valueOf(Math.round(number));
  }

  /** Epoch seconds; 0 means none. */
  static @Nullable Instant instant(JsonNode row, String field) {
    Long seconds = whole(row, field);
    return seconds == null || seconds <= 0 || seconds > LAST_SECOND
        ? null
        : Instant.ofEpochSecond(seconds);
  }

  /** Null when absent. */
  static @Nullable Boolean flag(JsonNode row, String field) {
    JsonNode value = row.path(field);
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    Double number = number(value);
    return number == null ? null : Boolean.valueOf(number != 0);
  }

  /** The text of a bad answer: message and {@code errors}, else what the status line said. */
  static String errorText(JsonNode answer, String phrase) {
    String message = text(answer, "message");
    StringBuilder text = new StringBuilder(message == null ? phrase : message.strip());
    for (Map.Entry<String, JsonNode> error : answer.path("errors").properties()) {
      text.append(' ')
          .append(error.getKey())
          .append(": ")
          .append(error.getValue().asText().strip());
    }
    return text.toString();
  }

  /** One line of bounded length. */
  static String shorten(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + "…";
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? Double.valueOf(value) : null;
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case STRING -> "a text";
      case NUMBER -> "a number";
      case BOOLEAN -> "a boolean";
      case NULL -> "null";
      case MISSING, BINARY, POJO -> "missing";
    };
  }
}
