package io.muster.e2e.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls with JSON answers. */
final class Http {
  /** A machine busy with other builds is slow, not dead. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final ObjectMapper JSON = new ObjectMapper();

  /** One for all tests, closed with this JVM. */
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Http() {}

  /**
   * The answer, {@code null} in JSON when it has no body.
   *
   * @throws IOException when it cannot be reached or answers with another status than 200
   */
  static JsonNode call(String method, String url) throws IOException {
    var request =
        HttpRequest.newBuilder(URI.create(url)).method(method, HttpRequest.BodyPublishers.noBody());
    return call(CLIENT, request);
  }

  static JsonNode call(HttpClient client, HttpRequest.Builder builder) throws IOException {
    var request = builder.timeout(PATIENCE).build();
    try {
      var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(
            "%s %s answers %d: %s"
                .formatted(request.method(), request.uri(), answer.statusCode(), answer.body()));
      }
      return JSON.readTree(answer.body().isEmpty() ? "null" : answer.body());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while calling " + request.uri(), interrupted);
    }
  }

  static JsonNode json(String text) throws IOException {
    return JSON.readTree(text);
  }
}
