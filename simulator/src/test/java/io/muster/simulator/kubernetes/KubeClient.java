package io.muster.simulator.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A client that trusts the cluster's authority and nothing else. */
final class KubeClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Longer than anything here takes; a hang then fails instead of hanging. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final URI server;
  private final String token;
  private final HttpClient http;

  KubeClient(SimulatedKubernetes cluster, String token) {
    this(cluster.url(), cluster.authorityPem(), token);
  }

  KubeClient(URI server, String authorityPem, String token) {
    this.server = server;
    this.token = token;
    this.http = HttpClient.newBuilder().sslContext(trusting(authorityPem)).build();
  }

  HttpClient http() {
    return http;
  }

  record Answer(int status, String text, JsonNode json) {}

  Answer get(String path) {
    return send("GET", path, "application/json", "");
  }

  Answer send(String method, String path, String contentType, String body) {
    try {
      HttpResponse<String> response =
          http.send(
              request(path)
                  .header("Content-Type", contentType)
                  .timeout(PATIENCE)
                  .method(method, HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      boolean isJson =
          response.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
      return new Answer(
          response.statusCode(),
          response.body(),
          isJson ? JSON.readTree(response.body()) : JSON.createObjectNode());
    } catch (IOException e) {
      throw new AssertionError(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(method + " " + path, e);
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path));
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  /** The names of what a list has. */
  List<String> names(String path) {
    return names(get(path).json());
  }

  static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.path("items").forEach(item -> names.add(item.path("metadata").path("name").asText()));
    return names;
  }

  /** A watch that has begun. */
  Watch watch(String path) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        http.send(request(path).build(), HttpResponse.BodyHandlers.ofInputStream());
    return new Watch(response.body());
  }

  /** The events of a watch, one after another. */
  static final class Watch implements AutoCloseable {
    private final BufferedReader lines;

    private Watch(InputStream body) {
      lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /** Waits for the next event; null at the end. */
    @Nullable JsonNode next() throws IOException {
      String line = lines.readLine();
      return line == null ? null : JSON.readTree(line);
    }

    /** Waits for an event of that type. */
    JsonNode next(String type) throws IOException {
      for (JsonNode event = next(); event != null; event = next()) {
        if (event.path("type").asText().equals(type)) {
          return event;
        }
      }
      throw new AssertionError("The watch ended without " + type);
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  private static SSLContext trusting(String pem) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      store.setCertificateEntry(
          "authority",
          CertificateFactory.getInstance("X.509")
              .generateCertificate(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError("Cannot trust " + pem, e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
