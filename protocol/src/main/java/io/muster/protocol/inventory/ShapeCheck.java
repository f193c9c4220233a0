package io.muster.protocol.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.protocol.ProviderKind;
import io.muster.protocol.configuration.Printable;
import io.muster.protocol.configuration.Spelling;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says in words, at the right key, where an entry has not the shape that the schema gives it:
 * unknown keys, values of another type, numbers out of range. Which keys go together is left to the
 * readers of the platforms, who know the whole entry.
 */
final class ShapeCheck {
  /** What the schema may say of a value; a test sees to it that it says nothing else. */
  static final Set<String> KEYWORDS =
      Set.of(
          "type",
          "enum",
          "minimum",
          "maximum",
          "minItems",
          "maxItems",
          "maxProperties",
          "uniqueItems",
          "items",
          "additionalProperties");

  private final EntrySchema schema;
  private final Entry entry;

  private ShapeCheck(EntrySchema schema, Entry entry) {
    this.schema = schema;
    this.entry = entry;
  }

  /**
   * @param kind null = the entry names no platform; then only that is told
   */
  static void tell(EntrySchema schema, Entry entry, @Nullable ProviderKind kind) {
    new ShapeCheck(schema, entry).tell(kind);
  }

  private void tell(@Nullable ProviderKind kind) {
    entry
        .members()
        .forEach((key, value) -> {
          boolean platform = key.equals("provider") || key.equals("type");
          JsonNode shape =
              kind == null && !platform
                  ? null
                  : schema.property(kind == null ? ProviderKind.PROXMOX : kind, key);
          if (shape != null) {
            value(key, value, shape);
          } else if (kind != null) {
            unknown(key, kind);
          }
        });
  }

  private void value(String key, JsonNode value, JsonNode shape) {
    String type = shape.path("type").asText("");
    if (!isOfType(value, type)) {
      entry.problem(key, type(type));
    } else if (shape.has("enum") && !contains(shape.path("enum"), value)) {
      entry.problem(key, oneOf(shape.path("enum")));
    } else if (shape.has("minimum") && number(value).compareTo(number(shape.path("minimum"))) < 0) {
      entry.problem(key, "at least " + shape.path("minimum").asText());
    } else if (shape.has("maximum") && number(value).compareTo(number(shape.path("maximum"))) > 0) {
      entry.problem(key, "at most " + shape.path("maximum").asText());
    } else if (value.size() < shape.path("minItems").asInt(0)) {
      entry.problem(key, "at least one item");
    } else if (value.size() > most(shape)) {
      entry.problem(key, "at most %d items".formatted(most(shape)));
    } else if (shape.path("uniqueItems").asBoolean() && hasTwice(value)) {
      entry.problem(key, "no item twice");
    }
    if (value.isArray() && shape.has("items")) {
      for (int i = 0; i < value.size(); i++) {
        value(key + "[" + i + "]", value.get(i), shape.path("items"));
      }
    }
    if (value.isObject() && shape.path("additionalProperties").isObject()) {
      value
          .properties()
          .forEach(member ->
              value(
                  key + "." + member.getKey(),
                  member.getValue(),
                  shape.path("additionalProperties")));
    }
  }

  private static int most(JsonNode shape) {
    return shape
        .path(shape.has("maxItems") ? "maxItems" : "maxProperties")
        .asInt(Integer.MAX_VALUE);
  }

  private static boolean isOfType(JsonNode value, String type) {
    return switch (type) {
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isNumber() && isWhole(value);
      case "array" -> value.isArray();
      case "object" -> value.isObject();
      default -> true;
    };
  }

  private static BigDecimal number(JsonNode value) {
    return value.decimalValue();
  }

  private static boolean isWhole(JsonNode value) {
    return Double.isFinite(value.doubleValue()) && number(value).stripTrailingZeros().scale() <= 0;
  }

  private static boolean contains(JsonNode words, JsonNode value) {
    for (JsonNode word : words) {
      if (word.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasTwice(JsonNode list) {
    Set<JsonNode> seen = new HashSet<>();
    for (JsonNode item : list) {
      if (!seen.add(item)) {
        return true;
      }
    }
    return false;
  }

  private void unknown(String key, ProviderKind kind) {
    Set<String> keys = schema.keys(kind);
    String nearest = Spelling.nearest(key, keys);
    String shown = Printable.text(key);
    // An unknown key may be a misspelt secret: its value is never shown.
    entry.problem(
        shown.substring(1, shown.length() - 1),
        "an unknown key",
        nearest == null
            ? ownerOf(key, kind, keys)
            : "a key of " + kind.label() + "; did you mean '" + nearest + "'?");
  }

  private String ownerOf(String key, ProviderKind kind, Set<String> keys) {
    for (ProviderKind other : ProviderKind.values()) {
      if (schema.property(other, key) != null) {
        return "a key of %s; this one belongs to \"provider\": \"%s\""
            .formatted(kind.label(), other.label());
      }
    }
    return "a key of " + kind.label() + ": " + String.join(", ", keys);
  }

  private static String oneOf(JsonNode words) {
    List<String> all = new ArrayList<>();
    words.forEach(word -> all.add(word.asText()));
    return "one of " + String.join(", ", all);
  }

  private static String type(String type) {
    return switch (type) {
      case "string" -> "a text in quotes";
      case "boolean" -> "true or false, without quotes";
      case "integer" -> "a whole number, without quotes";
      case "array" -> "a list, [...]";
      default -> "an object, {...}";
    };
  }
}
