package io.muster.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Somebody who talks to the API as curl does. */
public final class Client {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** More than any answer takes on a busy machine: a hung one fails its test. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final URI base;
  private final @Nullable String token;

  public Client(URI base, @Nullable String token) {
    this.base = base;
    this.token = token;
  }

  public @Nullable String token() {
    return token;
  }

  public Answer get(String path) {
    return send("GET", path, null, Map.of());
  }

  /** The status of a stream that does not end; it is not read. */
  public int begin(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      HttpResponse<InputStream> answer = HTTP.send(request.build(), BodyHandlers.ofInputStream());
      answer.body().close();
      return answer.statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException("GET " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public Answer delete(String path) {
    return send("DELETE", path, null, Map.of());
  }

  public Answer post(String path, Object body) {
    return send("POST", path, body, Map.of());
  }

  public Answer put(String path, Object body) {
    return send("PUT", path, body, Map.of());
  }

  public Answer patch(String path, Object body) {
    return send("PATCH", path, body, Map.of());
  }

  /**
   * Sends any request.
   *
   * @param body JSON text, or what becomes JSON; null = none
   */
  public Answer send(
      String method, String path, @Nullable Object body, Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (body != null) {
      request.header("Content-Type", headers.getOrDefault("Content-Type", "application/json"));
    }
    headers.forEach((name, value) -> {
      if (!name.equals("Content-Type")) {
        request.header(name, value);
      }
    });
    request.method(
        method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(text(body)));
    try {
      return new Answer(HTTP.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static String text(Object body) {
    try {
      return body instanceof String text ? text : JSON.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON", e);
    }
  }

  /** What came back. */
  public record Answer(HttpResponse<String> response) {
    public int status() {
      return response.statusCode();
    }

    public String body() {
      return response.body();
    }

    public @Nullable String header(String name) {
      return response.headers().firstValue(name).orElse(null);
    }

    public JsonNode json() {
      try {
        return JSON.readTree(body());
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("no JSON: " + body(), e);
      }
    }

    /** The {@code code} of a problem. */
    public String code() {
      return json().path("code").asText();
    }

    @Override
    public String toString() {
      return response.request().method() + " " + response.uri() + ": " + status() + " " + body();
    }
  }
}
