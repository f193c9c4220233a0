package io.muster.control.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.control.ControlRig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads the stream as the standard says. */
final class TestReader implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Far more than anything takes, so that only what never comes fails. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpResponse<InputStream> response;
  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  private final CountDownLatch greeted = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile String lastId = "";

  /** An event as it came. */
  record Told(String id, String name, JsonNode data) {
    String text(String field) {
      return data.path(field).asText();
    }
  }

  private TestReader(HttpResponse<InputStream> response) {
    this.response = response;
  }

  /** What answers, a stream or a refusal. */
  static TestReader answer(
      ControlRig rig, @Nullable String token, String query, Map<String, String> headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(rig.url() + "/api/v1/events/stream" + query))
            .header("Authorization", "Bearer " + token);
    headers.forEach(request::header);
    return new TestReader(HTTP.send(request.build(), BodyHandlers.ofInputStream()));
  }

  /** Reads along when this returns. */
  static TestReader open(
      ControlRig rig, @Nullable String token, String query, Map<String, String> headers)
      throws IOException, InterruptedException {
    TestReader reader = answer(rig, token, query, headers);
    if (reader.status() != 200) {
      throw new AssertionError("Refused with " + reader.status());
    }
    Thread.ofVirtual().start(reader::read);
    if (!reader.greeted.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("The stream does not begin");
    }
    return reader;
  }

  int status() {
    return response.statusCode();
  }

  @Nullable String header(String name) {
    return response.headers().firstValue(name).orElse(null);
  }

  String body() throws IOException {
    return new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Where it would go on. */
  String lastId() {
    return lastId;
  }

  /** The next event. */
  Told next() throws InterruptedException {
    Told next = told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("Nothing came within " + PATIENCE);
    }
    return next;
  }

  /** The next event of this kind. */
  Told next(String name) throws InterruptedException {
    Told next = next();
    while (!next.name().equals(name)) {
      next = next();
    }
    return next;
  }

  void awaitEnd() throws InterruptedException {
    if (!ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("The stream did not end");
    }
  }

  private void read() {
    String name = "message";
    StringBuilder data = new StringBuilder();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("id: ")) {
          lastId = line.substring(4);
        } else if (line.startsWith("event: ")) {
          name = line.substring(7);
        } else if (line.startsWith("data: ")) {
          data.append(line, 6, line.length());
        } else if (line.isEmpty()) {
          if (!data.isEmpty()) {
            told.add(new Told(lastId, name, JSON.readTree(data.toString())));
          }
          greeted.countDown();
          name = "message";
          data.setLength(0);
        }
      }
    } catch (IOException e) {
      // The other side broke off, which is an end too.
    } finally {
      ended.countDown();
    }
  }

  @Override
  public void close() {
    try {
      response.body().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
