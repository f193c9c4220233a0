package io.muster.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the control API answered. */
public final class Reply {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpResponse<?> answer;
  private final byte[] body;

  Reply(HttpResponse<?> answer, byte[] body) {
    this.answer = answer;
    this.body = body;
  }

  /** Its {@code ETag}; null when it gave none. */
  public @Nullable String version() {
    return answer.headers().firstValue("ETag").orElse(null);
  }

  boolean isJson() {
    return answer.headers().firstValue("Content-Type").orElse("").contains("json");
  }

  /** Missing when it is none, or when there is none. */
  public JsonNode json() {
    if (body.length == 0 || !isJson()) {
      return MissingNode.getInstance();
    }
    try {
      return JSON.readTree(body);
    } catch (IOException broken) {
      throw new ControlException("The control API's answer is broken JSON.", broken);
    }
  }

  public byte[] body() {
    return body;
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
