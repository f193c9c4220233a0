package io.muster.protocol.inventory;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * JSON that may hold secrets: what is wrong with it is told without quoting it.
 *
 * @param root null = it is no JSON, which is the one problem
 */
public record JsonText(@Nullable JsonNode root, List<FieldProblem> problems) {
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

  public JsonText {
    problems = List.copyOf(problems);
  }

  /** Parses a text in UTF-8, -16 or -32. */
  public static JsonText parse(byte[] text) {
    try {
      JsonNode root = JSON.readTree(text);
      return root.isMissingNode()
          ? wrong("an empty file", "{\"servers\": [...]}")
          : new JsonText(root, List.of());
    } catch (JsonProcessingException e) {
      JsonLocation at = e.getLocation();
      String where =
          at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
      String why = QUOTED.matcher(reason(e)).replaceAll("'…'");
      return wrong("no JSON" + where + " (" + why + ")", "well-formed JSON");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read from memory", e);
    }
  }

  private static JsonText wrong(String found, String expected) {
    return new JsonText(null, List.of(new FieldProblem(null, found, expected)));
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
