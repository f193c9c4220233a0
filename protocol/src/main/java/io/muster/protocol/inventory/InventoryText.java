package io.muster.protocol.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.protocol.configuration.Printable;
import io.muster.protocol.configuration.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The entries of an inventory's text, {@code {"servers": [...]}} or the bare list.
 *
 * @param problems with the text as a whole; none holds what may be a piece of a secret
 */
public record InventoryText(List<JsonNode> entries, List<FieldProblem> problems) {
  private static final Set<String> KEYS = Set.of("servers", "$schema");

  public InventoryText {
    entries = List.copyOf(entries);
    problems = List.copyOf(problems);
  }

  /** Takes a text apart; the entries themselves are not looked at. */
  public static InventoryText parse(byte[] text) {
    JsonText json = JsonText.parse(text);
    JsonNode root = json.root();
    if (root == null) {
      return new InventoryText(List.of(), json.problems());
    }
    List<FieldProblem> problems = new ArrayList<>();
    JsonNode list = root.isArray() ? root : root.path("servers");
    if (root.isObject()) {
      tellKeys(root, problems);
    } else if (!root.isArray()) {
      problems.add(new FieldProblem(null, "something else", "{\"servers\": [...]}"));
    }
    List<JsonNode> entries = new ArrayList<>();
    if (list.isArray()) {
      list.forEach(entries::add);
    }
    return new InventoryText(entries, problems);
  }

  /** What an entry is called in problems: its index, and its name if it has one. */
  public static String label(int index, JsonNode entry) {
    JsonNode name = entry.get("name");
    String label = "servers[" + index + "]";
    return name != null && name.isTextual()
        ? label + " " + Printable.text(name.textValue())
        : label;
  }

  private static void tellKeys(JsonNode root, List<FieldProblem> problems) {
    root.fieldNames()
        .forEachRemaining(key -> {
          if (!KEYS.contains(key)) {
            String nearest = Spelling.nearest(key, KEYS);
            problems.add(
                new FieldProblem(
                    key,
                    "an unknown key",
                    nearest == null ? "servers" : "servers; did you mean '" + nearest + "'?"));
          }
        });
    if (!root.has("servers")) {
      problems.add(new FieldProblem("servers", "nothing", "the list of servers"));
    } else if (!root.path("servers").isArray()) {
      problems.add(new FieldProblem("servers", "something else", "a list of servers"));
    }
  }
}
