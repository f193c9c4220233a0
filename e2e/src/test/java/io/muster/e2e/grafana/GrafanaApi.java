package io.muster.e2e.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Grafana's HTTP API, as its administrator. */
record GrafanaApi(String url, String user, String password) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  static GrafanaApi of(JsonNode endpoints) {
    return new GrafanaApi(
        endpoints.path("grafana").asText(),
        endpoints.path("grafanaUser").asText(),
        endpoints.path("grafanaPassword").asText());
  }

  JsonNode get(String path) throws IOException {
    return send(request(path).GET().build());
  }

  /**
   * Asks the data source over the last six hours.
   *
   * @return the result with its {@code frames}
   * @throws IOException with Grafana's words when the query fails
   */
  JsonNode query(String sql, String format) throws IOException {
    var body = JSON.createObjectNode().put("from", "now-6h").put("to", "now");
    var query = body.putArray("queries").addObject();
    query.put("refId", "A").put("rawSql", sql).put("format", format);
    query.put("intervalMs", 60_000).put("maxDataPoints", 400);
    query
        .putObject("datasource")
        .put("type", "grafana-postgresql-datasource")
        .put("uid", "questdb");
    var answer =
        send(
            request("/api/ds/query")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    var result = answer.path("results").path("A");
    if (result.has("error")) {
      throw new IOException(result.path("error").asText() + "\n" + sql);
    }
    return result;
  }

  private HttpRequest.Builder request(String path) {
    var login = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return HttpRequest.newBuilder(URI.create(url + path))
        .timeout(PATIENCE)
        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
  }

  private static JsonNode send(HttpRequest request) throws IOException {
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(
            "Grafana answers %d to %s: %s"
                .formatted(answer.statusCode(), request.uri(), answer.body()));
      }
      return JSON.readTree(answer.body());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted", interrupted);
    }
  }
}
