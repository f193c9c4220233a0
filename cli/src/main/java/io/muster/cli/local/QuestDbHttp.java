package io.muster.cli.local;

import io.muster.protocol.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** SQL over QuestDB's HTTP interface: {@code GET /exec?query=}. */
record QuestDbHttp(URI url, String user, Secret password) {
  /** For a look whether it answers and for small statements; a busy machine is slow, not dead. */
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(10);

  /**
   * The JSON answer.
   *
   * @throws IOException when it cannot be reached or refuses, with its own words
   */
  String execute(String sql) throws IOException {
    try (var client = HttpClient.newBuilder().connectTimeout(ANSWER_PATIENCE).build()) {
      var answer = client.send(request(sql), HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(
            "QuestDB at %s answers %d to %s: %s"
                .formatted(url, answer.statusCode(), sql, answer.body().strip()));
      }
      return answer.body();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while QuestDB works on " + sql, interrupted);
    }
  }

  private HttpRequest request(String sql) {
    var login = user + ":" + password.reveal();
    var basic = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    var query = URLEncoder.encode(sql, StandardCharsets.UTF_8);
    return HttpRequest.newBuilder(URI.create(url + "/exec?query=" + query))
        .timeout(ANSWER_PATIENCE)
        .header("Authorization", "Basic " + basic)
        .build();
  }
}
