package io.muster.simulator.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.simulator.Eventually;
import io.muster.simulator.openstack.access.Account;
import io.muster.simulator.openstack.access.ApplicationCredential;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A client of a cloud, with a token or without. */
final class CloudClient implements AutoCloseable {
  static final ObjectMapper JSON = new ObjectMapper();

  /** Longer than anything here takes; a hang then fails instead of hanging. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final SimulatedOpenStack cloud;
  private final HttpClient http;
  private String token = "";

  CloudClient(SimulatedOpenStack cloud) {
    this.cloud = cloud;
    this.http = HttpClient.newBuilder().sslContext(trusting(cloud.authorityPem())).build();
  }

  record Answer(int status, String text, JsonNode json, HttpHeaders headers) {
    String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }

  /** A client that is logged in to a project. */
  static CloudClient of(SimulatedOpenStack cloud, Account account, String projectId) {
    CloudClient client = new CloudClient(cloud);
    client.login(password(account, projectId));
    return client;
  }

  /** Of the administrator, in his own project. */
  static CloudClient admin(SimulatedOpenStack cloud) {
    return of(cloud, cloud.accounts().admin(), cloud.world().cloud().projects().getFirst().id());
  }

  /** Of the member, in his project. */
  static CloudClient member(SimulatedOpenStack cloud) {
    return of(cloud, cloud.accounts().member(), cloud.world().cloud().projects().get(1).id());
  }

  static String password(Account account, String projectId) {
    return """
    {"auth": {"identity": {"methods": ["password"], "password": {"user": {"name": "%s",
      "domain": {"name": "Default"}, "password": "%s"}}}, "scope": {"project": {"id": "%s"}}}}\
    """
        .formatted(account.name(), account.password(), projectId);
  }

  static String credential(ApplicationCredential credential) {
    return """
    {"auth": {"identity": {"methods": ["application_credential"],
      "application_credential": {"id": "%s", "secret": "%s"}}}}\
    """
        .formatted(credential.id(), credential.secret());
  }

  Answer login(String body) {
    Answer answer = send("POST", "/identity/v3/auth/tokens", body, Map.of());
    if (answer.status() == 201) {
      token = answer.header("X-Subject-Token");
    }
    return answer;
  }

  String token() {
    return token;
  }

  Answer get(String path) {
    return send("GET", path, "", Map.of());
  }

  /** Asks Nova in a microversion such as {@code 2.53}. */
  Answer get(String path, String microversion) {
    return send("GET", path, "", Map.of("X-OpenStack-Nova-API-Version", microversion));
  }

  Answer post(String path, String body) {
    return send("POST", path, body, Map.of());
  }

  /** Asks for something to be done to a machine. */
  Answer act(String server, String body) {
    return post("/compute/v2.1/servers/" + server + "/action", body);
  }

  JsonNode server(String id) {
    return get("/compute/v2.1/servers/" + id).json().path("server");
  }

  /** Waits until a machine has that status, and nothing is done to it. */
  void awaitStatus(String id, String status) {
    Eventually.holds(() -> {
      JsonNode server = server(id);
      assertThat(server.path("status").asText()).isEqualTo(status);
      assertThat(server.path("OS-EXT-STS:task_state").isNull()).isTrue();
    });
  }

  Answer send(String method, String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(cloud.authUrl().toString()).resolve(path))
            .timeout(PATIENCE)
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    if (!token.isEmpty()) {
      request.header("X-Auth-Token", token);
    }
    headers.forEach(request::setHeader);
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      boolean isJson =
          response.headers().firstValue("Content-Type").orElse("").startsWith("application/json")
              && !response.body().isEmpty();
      return new Answer(
          response.statusCode(),
          response.body(),
          isJson ? JSON.readTree(response.body()) : JSON.createObjectNode(),
          response.headers());
    } catch (IOException e) {
      throw new AssertionError(method + " " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(method + " " + path, e);
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
