package io.muster.protocol.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.protocol.ProxmoxToken;
import io.muster.protocol.configuration.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One entry while it is read: typed values by key, and what is wrong with them. A value of a wrong
 * type reads as null here; that is told already.
 */
final class Entry {
  private static final Set<String> ADDRESSES =
      Set.of("urls", "url", "host", "nodeAddresses", "authUrl");
  private static final Set<String> TOKEN_IDS = Set.of("tokenId", "actionTokenId");

  private final ObjectNode node;
  private final Values values;
  private final Predicate<String> secret;
  private final Map<String, FieldProblem> problems = new LinkedHashMap<>();

  /**
   * @param secret whether the value of a key may never be shown
   */
  Entry(ObjectNode node, Values values, Predicate<String> secret) {
    this.node = node;
    this.values = values;
    this.secret = secret;
  }

  /** What is wrong, in the order it was found; the first of each key. */
  List<FieldProblem> problems() {
    return List.copyOf(problems.values());
  }

  /** Every key that is there with its value, whatever it is. */
  Map<String, JsonNode> members() {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    node.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
    return members;
  }

  boolean has(String key) {
    JsonNode value = node.get(key);
    return value != null && !value.isNull();
  }

  boolean isSound() {
    return problems.isEmpty();
  }

  /** Null = absent, of another type, or not to be resolved (then that is told). */
  @Nullable String text(String key) {
    return resolved(key, node.get(key));
  }

  /** Like {@link #text}, and told when it is absent or empty. */
  @Nullable String required(String key, String expected) {
    String text = text(key);
    if (text == null || text.isBlank()) {
      problem(key, expected);
      return null;
    }
    return text;
  }

  @Nullable Boolean flag(String key) {
    JsonNode value = node.get(key);
    return (value != null && value.isBoolean()) ? Boolean.valueOf(value.booleanValue()) : null;
  }

  @Nullable Integer integer(String key) {
    JsonNode value = node.get(key);
    return (value != null && value.canConvertToInt()) ? Integer.valueOf(value.intValue()) : null;
  }

  /** The texts of a list by the key to name each with, such as {@code urls[0]}. */
  Map<String, String> list(String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    JsonNode value = node.get(key);
    if (value != null && value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        String text = resolved(key + "[" + i + "]", value.get(i));
        if (text != null) {
          texts.put(key + "[" + i + "]", text);
        }
      }
    }
    return texts;
  }

  /** The texts of an object by its own keys. */
  Map<String, String> map(String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    JsonNode value = node.get(key);
    if (value != null && value.isObject()) {
      for (Map.Entry<String, JsonNode> member : value.properties()) {
        String text = resolved(key + "." + member.getKey(), member.getValue());
        if (text != null) {
          texts.put(member.getKey(), text);
        }
      }
    }
    return texts;
  }

  /** A value made of a text; null and told when {@code make} throws or gives null. */
  <T> @Nullable T make(
      String key, String text, String expected, Function<String, @Nullable T> make) {
    try {
      T made = make.apply(text);
      if (made != null) {
        return made;
      }
    } catch (IllegalArgumentException e) {
      // Told below: the exception's own text may show what a variable or file holds.
    }
    problem(key, expected);
    return null;
  }

  /** The content of the file that a text names. */
  @Nullable String file(String key, String path) {
    try {
      return values.file(path);
    } catch (UnresolvedException e) {
      problem(key, e);
      return null;
    }
  }

  void problem(String key, String expected) {
    problem(key, shown(key), expected);
  }

  void problem(String key, String found, String expected) {
    problems.putIfAbsent(key, new FieldProblem(key, found, expected));
  }

  private void problem(String key, UnresolvedException e) {
    String found = e.found();
    problem(key, found == null ? shown(key) : found, e.expected());
  }

  /** What stands at a key as it is written, fit to be shown. */
  private String shown(String key) {
    String name = key.replaceFirst("[\\[.].*", "");
    JsonNode value = at(key, name);
    if (value == null || value.isNull()) {
      return "nothing";
    }
    if (value.isTextual() && value.textValue().isBlank()) {
      return "an empty text";
    }
    if (secret.test(name)) {
      return kind(value) + " (not shown)";
    }
    if (!value.isTextual()) {
      return value.isValueNode() ? value.asText() : kind(value);
    }
    if (ADDRESSES.contains(name)) {
      return Printable.address(value.textValue());
    }
    return Printable.text(
        TOKEN_IDS.contains(name)
            ? ProxmoxToken.withoutSecret(value.textValue())
            : value.textValue());
  }

  private @Nullable JsonNode at(String key, String name) {
    JsonNode value = node.get(name);
    if (value == null || key.equals(name)) {
      return value;
    }
    String member = key.substring(name.length() + 1);
    return key.charAt(name.length()) == '['
        ? value.get(Integer.parseInt(member.substring(0, member.indexOf(']'))))
        : value.get(member);
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "a text";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case NULL, MISSING, BINARY, POJO -> "nothing";
    };
  }

  private @Nullable String resolved(String key, @Nullable JsonNode value) {
    if (value == null || !value.isTextual()) {
      return null;
    }
    try {
      return values.resolve(value.textValue());
    } catch (UnresolvedException e) {
      problem(key, e);
      return null;
    }
  }

  /** Which of these keys are there. */
  List<String> present(List<String> keys) {
    List<String> present = new ArrayList<>(keys);
    present.removeIf(key -> !has(key));
    return present;
  }
}
