package io.muster.agent.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;

/**
 * The sentence in an error's body. Each service has a shape of its own: {@code {"forbidden":
 * {"message"}}} of Nova and Cinder, {@code {"error": {"message"}}} of Keystone, {@code {"errors":
 * [{"detail"}]}} of Placement, {@code {"message", "title"}} of routers before them.
 */
final class ErrorText {
  /** Longer texts repeat schemas and tracebacks. */
  static final int MAX_CHARS = 300;

  private static final long MAX_BYTES = 64 << 10;

  private ErrorText() {}

  static String of(InputStream body, String phrase) {
    try {
      return shorten(sentence(Json.tree(new BoundedInputStream(body, MAX_BYTES)), phrase));
    } catch (IOException notJson) {
      return shorten(phrase);
    }
  }

  private static String sentence(JsonNode tree, String phrase) {
    JsonNode error = tree.path("errors").path(0);
    if (error.isObject()) {
      return error.path("detail").asText(phrase);
    }
    if (tree.path("title").isTextual()) {
      return tree.path("title").asText();
    }
    if (tree.path("message").isTextual()) {
      return tree.path("message").asText();
    }
    for (JsonNode member : tree) {
      if (member.path("message").isTextual()) {
        return member.path("message").asText();
      }
    }
    return phrase;
  }

  /** One line, without marks of HTML. */
  static String shorten(String text) {
    String line = text.replaceAll("<br */?>", " ").strip().replaceAll("\\s+", " ");
    return line.length() <= MAX_CHARS ? line : line.substring(0, MAX_CHARS) + "…";
  }
}
