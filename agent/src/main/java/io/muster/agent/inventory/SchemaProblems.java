package io.muster.agent.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.protocol.ProviderKind;
import io.muster.protocol.configuration.ConfigurationProblem;
import io.muster.protocol.configuration.Printable;
import io.muster.protocol.configuration.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says in words, at the right entry and key, what the schema does not allow. */
final class SchemaProblems {
  /** What these say, the readers of the platforms say better: they know the whole entry. */
  private static final Set<String> LEFT_TO_READERS =
      Set.of("required", "dependentRequired", "if", "then", "else", "anyOf", "not");

  private final InventorySchema schema;
  private final String file;
  private final boolean named;
  private final List<Entry> entries;
  private final Problems problems;

  /**
   * @param named whether the list stands under {@code servers}, not alone
   */
  SchemaProblems(
      InventorySchema schema, String file, boolean named, List<Entry> entries, Problems problems) {
    this.schema = schema;
    this.file = file;
    this.named = named;
    this.entries = entries;
    this.problems = problems;
  }

  void tell(InventorySchema.Violation violation) {
    List<Object> path = violation.path();
    int index = named ? 1 : 0;
    if (path.size() <= index || !(path.get(index) instanceof Integer number)) {
      tellFile(violation);
      return;
    }
    if (LEFT_TO_READERS.contains(violation.keyword())) {
      return;
    }
    Entry entry = entries.get(number);
    if (path.size() == index + 1) {
      tellEntry(entry, violation);
      return;
    }
    entry.problem(key(path.subList(index + 1, path.size())), expected(violation));
  }

  private void tellFile(InventorySchema.Violation violation) {
    String property = violation.property();
    if (violation.keyword().equals("additionalProperties") && property != null) {
      file(property, "an unknown key", "servers" + meant(property, Set.of("servers", "$schema")));
    } else if (violation.keyword().equals("required")) {
      file("servers", "nothing", "the list of servers");
    } else {
      file(
          violation.path().isEmpty() ? null : "servers",
          "something else",
          violation.path().isEmpty() ? "{\"servers\": [...]}" : "a list of servers");
    }
  }

  private void file(@Nullable String key, String found, String expected) {
    problems.add(new ConfigurationProblem(file, null, key, found, expected));
  }

  private void tellEntry(Entry entry, InventorySchema.Violation violation) {
    String property = violation.property();
    if (!violation.keyword().equals("additionalProperties") || property == null) {
      problems.add(
          new ConfigurationProblem(
              file, entry.place().label(), null, "something else", "{\"name\": ..., ...}"));
      return;
    }
    ProviderKind kind = InventoryReader.kind(entry);
    if (kind == null) {
      return;
    }
    Set<String> keys = schema.keys(kind);
    String near = meant(property, keys);
    String shown = Printable.text(property);
    // An unknown key may be a misspelt secret: its value is never shown.
    entry.problem(
        shown.substring(1, shown.length() - 1),
        "an unknown key",
        near.isEmpty() ? ownerOf(property, kind, keys) : "a key of " + kind.label() + near);
  }

  private static String meant(String property, Set<String> keys) {
    String nearest = Spelling.nearest(property, keys);
    return nearest == null ? "" : "; did you mean '" + nearest + "'?";
  }

  private String ownerOf(String property, ProviderKind kind, Set<String> keys) {
    for (ProviderKind other : ProviderKind.values()) {
      if (schema.keys(other).contains(property)) {
        return "a key of %s; this one belongs to \"provider\": \"%s\""
            .formatted(kind.label(), other.label());
      }
    }
    return "a key of " + kind.label() + ": " + String.join(", ", keys);
  }

  private static String key(List<Object> path) {
    StringBuilder key = new StringBuilder();
    for (Object part : path) {
      if (part instanceof Integer index) {
        key.append('[').append(index).append(']');
      } else {
        key.append(key.isEmpty() ? "" : ".").append(part);
      }
    }
    return key.toString();
  }

  private static String expected(InventorySchema.Violation violation) {
    JsonNode limit = violation.limit();
    return switch (violation.keyword()) {
      case "type" -> type(limit.asText());
      case "enum" -> oneOf(limit);
      case "minimum" -> "at least " + limit.asText();
      case "maximum" -> "at most " + limit.asText();
      case "minItems" -> "at least one item";
      case "uniqueItems" -> "no item twice";
      default -> "a value that the schema allows (" + violation.keyword() + ")";
    };
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
