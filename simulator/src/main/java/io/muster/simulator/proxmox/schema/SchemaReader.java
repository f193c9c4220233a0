package io.muster.simulator.proxmox.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one release out of {@code methods.json}. Whatever differs between releases carries {@code
 * since} or {@code until} there; a list of such variants stands for one value.
 */
final class SchemaReader {
  private final Release release;
  private final JsonNode shared;

  SchemaReader(Release release, JsonNode shared) {
    this.release = release;
    this.shared = shared;
  }

  /** The method, or null when this release does not have it. */
  @Nullable MethodSchema method(String key, JsonNode node) {
    if (!applies(node)) {
      return null;
    }
    Map<String, ParameterSchema> parameters = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.path("parameters").properties()) {
      JsonNode definition = entry.getValue();
      JsonNode chosen =
          choose(definition.isTextual() ? shared.path(entry.getKey()) : definition, false);
      if (chosen != null) {
        parameters.put(entry.getKey(), parameter(chosen));
      }
    }
    JsonNode needs = choose(node.path("needs"), true);
    if (needs == null) {
      throw new IllegalStateException("No rule of access for " + key + " in " + release);
    }
    JsonNode protectedCall = choose(node.path("protected"), true);
    return new MethodSchema(
        key,
        needs(needs),
        protectedCall != null && protectedCall.asBoolean(),
        node.path("on").asText(null),
        node.path("closedToTokens").asBoolean(),
        parameters);
  }

  /** The variant for this release; {@code wrapped} when each variant holds its value in "is". */
  private @Nullable JsonNode choose(JsonNode node, boolean wrapped) {
    if (!node.isArray()) {
      return node.isObject() && !applies(node) ? null : node;
    }
    for (JsonNode variant : node) {
      if (applies(variant)) {
        return wrapped ? variant.path("is") : variant;
      }
    }
    return null;
  }

  private boolean applies(JsonNode node) {
    String since = node.path("since").asText(null);
    String until = node.path("until").asText(null);
    return (since == null || release.compareTo(Release.parse(since)) >= 0)
        && (until == null || release.compareTo(Release.parse(until)) <= 0);
  }

  private static ParameterSchema parameter(JsonNode node) {
    String pattern = node.path("pattern").asText(null);
    JsonNode items = node.path("items");
    return new ParameterSchema(
        ParameterSchema.Type.valueOf(node.path("type").asText("string").toUpperCase(Locale.ROOT)),
        node.path("optional").asBoolean(),
        node.path("format").asText(null),
        pattern == null ? null : Pattern.compile("^(?:" + pattern.replace("\\0", "\\x00") + ")$"),
        decimal(node.path("minimum")),
        decimal(node.path("maximum")),
        integer(node.path("minLength")),
        integer(node.path("maxLength")),
        texts(node.path("enum")),
        node.path("requires").asText(null),
        node.path("rootOnly").asBoolean(),
        items.isObject() ? parameter(items) : null);
  }

  private static Needs needs(JsonNode node) {
    if (node.isTextual()) {
      return switch (node.asText()) {
        case "nothing" -> new Needs.Nothing();
        case "login" -> new Needs.Login();
        default -> throw new IllegalStateException("Unknown rule of access: " + node);
      };
    }
    if (node.has("path")) {
      boolean any = node.has("anyOf");
      return new Needs.Privileges(
          node.path("path").asText(),
          texts(node.path(any ? "anyOf" : "allOf")),
          any,
          node.path("given").asText(null));
    }
    if (node.has("either")) {
      return new Needs.Either(rules(node.path("either")));
    }
    if (node.has("each")) {
      return new Needs.Each(rules(node.path("each")));
    }
    if (node.has("userid")) {
      return new Needs.Userid(node.path("userid").asText());
    }
    if (node.has("groupOfUser")) {
      return new Needs.GroupOfUser(texts(node.path("groupOfUser")));
    }
    throw new IllegalStateException("Unknown rule of access: " + node);
  }

  private static List<Needs> rules(JsonNode array) {
    List<Needs> rules = new ArrayList<>();
    array.forEach(rule -> rules.add(needs(rule)));
    return rules;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static @Nullable BigDecimal decimal(JsonNode node) {
    return node.isMissingNode() ? null : new BigDecimal(node.asText());
  }

  private static @Nullable Integer integer(JsonNode node) {
    return node.isMissingNode() ? null : Integer.valueOf(node.asText());
  }
}
