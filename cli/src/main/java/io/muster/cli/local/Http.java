package io.muster.cli.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A look at a program's page. */
public final class Http {
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(5);

  private Http() {}

  /** Empty when it does not answer with 200. */
  public static String get(URI url) {
    try (var client = HttpClient.newBuilder().connectTimeout(ANSWER_PATIENCE).build()) {
      var request = HttpRequest.newBuilder(url).timeout(ANSWER_PATIENCE).build();
      var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? answer.body() : "";
    } catch (IOException notNow) {
      return "";
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
