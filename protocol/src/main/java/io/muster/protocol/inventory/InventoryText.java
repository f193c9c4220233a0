package io.muster.protocol.inventory;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.muster.protocol.configuration.Printable;
import io.muster.protocol.configuration.Spelling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The entries of an inventory's text, {@code {"servers": [...]}} or the bare list.
 *
 * @param problems with the text as a whole; none holds what may be a piece of a secret
 */
public record InventoryText(List<JsonNode> entries, List<FieldProblem> problems) {
  /** An entry is three levels deep; far more is no inventory. */
  private static final int MAX_DEPTH = 32;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** What a parser quotes may be a piece of a secret; a single character tells enough. */
  private static final Pattern QUOTED = Pattern.compile("'[^']{2,}'|\"[^\"]{2,}\"");

  private static final Set<String> KEYS = Set.of("servers", "$schema");

  public InventoryText {
    entries = List.copyOf(entries);
    problems = List.copyOf(problems);
  }

  /** Takes a text apart; the entries themselves are not looked at. */
  public static InventoryText parse(byte[] text) {
    List<FieldProblem> problems = new ArrayList<>();
    JsonNode root = root(text, problems);
    if (root == null) {
      return new InventoryText(List.of(), problems);
    }
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

  private static @Nullable JsonNode root(byte[] text, List<FieldProblem> problems) {
    try {
      JsonNode root = JSON.readTree(text);
      if (!root.isMissingNode()) {
        return root;
      }
      problems.add(new FieldProblem(null, "an empty file", "{\"servers\": [...]}"));
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String where =
          at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
      String why = QUOTED.matcher(reason(e)).replaceAll("'…'");
      problems.add(
          new FieldProblem(null, "no JSON" + where + " (" + why + ")", "well-formed JSON"));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read from memory", e);
    }
    return null;
  }

  /** The parser's sentence without its second hint at the place. */
  private static String reason(JsonProcessingException e) {
    return e.getOriginalMessage()
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst(" \\(start marker.*", "");
  }
}
