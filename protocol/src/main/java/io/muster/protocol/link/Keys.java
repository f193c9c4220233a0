package io.muster.protocol.link;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.protocol.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Typed values of an object; what is wrong is told with the key and never with the value. */
record Keys(ObjectNode json) {
  boolean has(String key) {
    return json.hasNonNull(key);
  }

  @Nullable String text(String key) {
    JsonNode value = json.get(key);
    if (value == null || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw new IllegalArgumentException(key + " must be a text");
    }
    return value.textValue();
  }

  String or(String key, String fallback) {
    String text = text(key);
    return text == null ? fallback : text;
  }

  String required(String key) {
    String text = text(key);
    if (text == null) {
      throw new IllegalArgumentException(key + " is missing");
    }
    return text;
  }

  Secret secret(String key) {
    return new Secret(required(key));
  }

  <T> T of(String key, Function<String, T> make) {
    return made(key, required(key), make);
  }

  <T> @Nullable T optional(String key, Function<String, T> make) {
    String text = text(key);
    return text == null ? null : made(key, text, make);
  }

  private static <T> T made(String key, String text, Function<String, T> make) {
    try {
      return make.apply(text);
    } catch (IllegalArgumentException e) {
      // Its own text may show a password.
      throw new IllegalArgumentException(key + " is not what it must be");
    }
  }

  boolean flag(String key, boolean fallback) {
    return has(key) ? json.get(key).booleanValue() : fallback;
  }

  @Nullable Duration seconds(String key) {
    return has(key) ? Duration.ofSeconds(json.get(key).asLong()) : null;
  }

  List<String> list(String key) {
    List<String> texts = new ArrayList<>();
    json.path(key).forEach(value -> texts.add(value.asText()));
    return texts;
  }

  Map<String, String> map(String key) {
    Map<String, String> texts = new LinkedHashMap<>();
    json.path(key)
        .properties()
        .forEach(value -> texts.put(value.getKey(), value.getValue().asText()));
    return texts;
  }
}
