package io.muster.simulator.playback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;

/** Moves the times in an answer, so that what was new then is new now. */
final class TimeShift {
  private final Set<String> fields;
  private final long seconds;

  TimeShift(Set<String> fields, long seconds) {
    this.fields = fields;
    this.seconds = seconds;
  }

  /** The same tree with the times of its fields moved; 0 means none and stays. */
  JsonNode body(JsonNode node) {
    if (node.isArray()) {
      ArrayNode moved = JsonNodeFactory.instance.arrayNode(node.size());
      node.forEach(element -> moved.add(body(element)));
      return moved;
    }
    if (!node.isObject()) {
      return node;
    }
    ObjectNode moved = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      JsonNode value = field.getValue();
      boolean time = fields.contains(field.getKey()) && value.isIntegralNumber();
      moved.set(
          field.getKey(),
          time && value.longValue() > 0
              ? JsonNodeFactory.instance.numberNode(value.longValue() + seconds)
              : body(value));
    }
    return moved;
  }

  /** {@code Date} and {@code Expires}; any other header stays as it is. */
  String header(RecordedCall.Header header) {
    String name = header.name();
    if (!name.equalsIgnoreCase("Date") && !name.equalsIgnoreCase("Expires")) {
      return header.value();
    }
    try {
      Instant date =
          ZonedDateTime.parse(header.value(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return DateTimeFormatter.RFC_1123_DATE_TIME.format(
          date.plusSeconds(seconds).atZone(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return header.value();
    }
  }
}
