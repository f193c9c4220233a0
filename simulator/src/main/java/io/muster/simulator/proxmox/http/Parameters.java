package io.muster.simulator.proxmox.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a request from its query and its body. */
final class Parameters {
  /** More keys than any method has; bounds the work that one request can ask for. */
  private static final int MOST_KEYS = 1024;

  private static final ObjectMapper JSON = new ObjectMapper();

  private Parameters() {}

  /** Query and body together; the query wins, and {@code _dc} counts for nothing. */
  static Map<String, List<String>> of(RequestHead head, byte[] body) throws MalformedException {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    String contentType = head.contentType();
    if (contentType != null && mediaType(contentType).equals("application/json")) {
      parameters.putAll(json(body));
    } else {
      parameters.putAll(form(new String(body, StandardCharsets.UTF_8)));
    }
    parameters.putAll(form(head.query()));
    parameters.remove("_dc");
    return parameters;
  }

  static String mediaType(String contentType) {
    return contentType.split(";", 2)[0].strip();
  }

  private static Map<String, List<String>> form(String text) throws MalformedException {
    try {
      return new QueryStringDecoder(text, StandardCharsets.UTF_8, false, MOST_KEYS).parameters();
    } catch (IllegalArgumentException e) {
      throw new MalformedException("malformed encoding in parameters");
    }
  }

  private static Map<String, List<String>> json(byte[] body) throws MalformedException {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    if (body.length == 0) {
      return parameters;
    }
    JsonNode root;
    try {
      root = JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new MalformedException(perlText(new String(body, StandardCharsets.UTF_8), e));
    } catch (java.io.IOException e) {
      throw new IllegalStateException("Memory cannot fail to be read", e);
    }
    if (!root.isObject()) {
      throw new MalformedException("Not a HASH reference");
    }
    for (Map.Entry<String, JsonNode> entry : root.properties()) {
      List<String> values = texts(entry.getValue());
      if (values != null) {
        parameters.put(entry.getKey(), values);
      }
    }
    return parameters;
  }

  private static @Nullable List<String> texts(JsonNode value) {
    if (value.isNull()) {
      return null;
    }
    if (value.isArray()) {
      List<String> texts = new ArrayList<>();
      value.forEach(element -> texts.add(text(element)));
      return texts;
    }
    return List.of(text(value));
  }

  private static String text(JsonNode value) {
    if (value.isBoolean()) {
      return value.booleanValue() ? "1" : "0";
    }
    return value.isContainerNode() ? value.toString() : value.asText();
  }

  /**
   * Perl's JSON parser names what it expected and where; two of its texts cover what clients do.
   */
  private static String perlText(String body, JsonProcessingException e) {
    String stripped = body.stripLeading();
    int offset = body.length() - stripped.length();
    if (stripped.startsWith("{") && stripped.length() > 1) {
      String rest = stripped.substring(1).stripLeading();
      if (!rest.startsWith("\"") && !rest.startsWith("}")) {
        return at("'\"' expected", body.length() - rest.length(), rest);
      }
      int found = Math.clamp(e.getLocation().getCharOffset(), 0, body.length());
      String end = body.substring(found);
      return at(
          ", or } expected while parsing object/hash",
          found,
          end.isEmpty() ? "(end of string)" : end);
    }
    return at(
        "malformed JSON string, neither tag, array, object, number, string or atom",
        offset,
        stripped.isEmpty() ? "(end of string)" : stripped);
  }

  private static String at(String what, int offset, String before) {
    return what
        + ", at character offset "
        + offset
        + " (before \""
        + before
        + "\") at /usr/share/perl5/PVE/APIServer/AnyEvent.pm line 907.";
  }

  /** A body that cannot be read: 500 with plain text. */
  static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message, null, false, false);
    }
  }
}
