package io.muster.e2e.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.cli.local.Http;
import io.muster.cli.local.Ports;
import io.muster.e2e.Program;
import io.muster.e2e.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From what happens in a Kubernetes cluster to who reads along: simulator, agent and control API.
 */
class LiveIT {
  private static final String HOST = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DATA = "data: ";
  private static final int EVICTIONS = 5;

  private final Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Program> programs = new ArrayList<>();
  private final BlockingQueue<JsonNode> events = new LinkedBlockingQueue<>();
  private String api = "";
  private String login = "";

  LiveIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @AfterEach
  void end() {
    http.shutdownNow();
    programs.reversed().forEach(Program::close);
  }

  @Test
  void evictedPod_isToldToTheReader() throws Exception {
    JsonNode cluster = simulate();
    startControl();
    call("/sites", Map.of("name", "lab"));
    call(
        "/servers",
        Map.of(
            "name",
            "k8s",
            "provider",
            "kubernetes",
            "site",
            "lab",
            "url",
            cluster.path("url").asText(),
            "token",
            cluster.path("readerToken").asText(),
            "caCert",
            Files.readString(Path.of(cluster.path("caFile").asText()))));
    Thread.ofVirtual().start(this::read);
    startAgent(call("/sites/name:lab/agent-tokens", Map.of("name", "agent")));
    next(event -> event.path("status").asText().equals("connected"));
    next(event -> event.path("status").asText().equals("online"));

    List<Long> millis = new ArrayList<>();
    for (int i = 0; i < EVICTIONS; i++) {
      JsonNode pod =
          next(event ->
              event.path("vmId").asText().startsWith("pod:")
                  && event.path("status").asText().equals("running"));
      long began = System.nanoTime();
      evict(cluster, pod);
      JsonNode failed =
          next(event ->
              event.path("vmId").equals(pod.path("vmId"))
                  && event.path("status").asText().equals("failed"));
      millis.add(Duration.ofNanos(System.nanoTime() - began).toMillis());
      assertThat(failed.path("serverName").asText()).isEqualTo("k8s");
      assertThat(failed.path("group")).isEqualTo(pod.path("group"));
    }
    System.out.println("An eviction was told after " + millis + " ms");
  }

  /** A few pods, one of which is replaced every second. */
  private JsonNode simulate() throws IOException {
    Path data = Files.createDirectories(folder.resolve("simulator"));
    Path file = data.resolve("endpoints.json");
    Program simulator =
        started(
            Program.start(
                "simulator",
                data,
                Map.of(),
                "kubernetes",
                "--nodes",
                "3",
                "--pods",
                "30",
                "--churn",
                "60",
                "--port",
                "0",
                "--data",
                data.toString(),
                "--endpoints-file",
                file.toString()));
    Wait.until(
        PATIENCE,
        () -> "the simulator is ready; " + simulator.lastWords(),
        () -> simulator.log().contains("ready "));
    return JSON.readTree(Files.readString(file));
  }

  private void startControl() throws Exception {
    List<Integer> ports = Ports.free(HOST, 2);
    Path data = Files.createDirectories(folder.resolve("control"));
    Path password = Files.writeString(folder.resolve("password"), Centre.FIRST_PASSWORD + "\n");
    Program control =
        started(
            Program.start(
                "control-api",
                data,
                Map.of(
                    "PORT", String.valueOf(ports.getFirst()),
                    "MUSTER_MANAGEMENT_PORT", String.valueOf(ports.getLast()),
                    "MUSTER_DATA", data.toString(),
                    "MUSTER_ADMIN_PASSWORD_FILE", password.toString()),
                "run"));
    URI health = URI.create("http://" + HOST + ":" + ports.getLast() + "/health/readiness");
    Wait.until(
        PATIENCE,
        () -> "the control API is ready; " + control.lastWords(),
        () -> !Http.get(health).isEmpty());
    api = "http://" + HOST + ":" + ports.getFirst() + "/api/v1";
    login =
        call("/login", Map.of("username", "admin", "password", Centre.FIRST_PASSWORD))
            .path("accessToken")
            .asText();
  }

  /** Of a site whose QuestDB is away, which is no reason to tell less. */
  private void startAgent(JsonNode token) throws IOException {
    List<Integer> ports = Ports.free(HOST, 2);
    Path data = Files.createDirectories(folder.resolve("agent"));
    started(
        Program.start(
            "agent",
            data,
            Map.of(
                "MUSTER_URL", api.replace("/api/v1", ""),
                "MUSTER_SITE", "lab",
                "MUSTER_AGENT_TOKEN", token.path("token").asText(),
                "MUSTER_DATA", data.toString(),
                "MUSTER_MANAGEMENT_PORT", String.valueOf(ports.getFirst()),
                "QUESTDB_URL", "http://" + HOST + ":" + ports.getLast()),
            "run"));
  }

  private void evict(JsonNode cluster, JsonNode pod) throws Exception {
    String[] id = pod.path("vmId").asText().split(":", 3);
    URI deed =
        URI.create("%s/pods/%s/%s/evict".formatted(cluster.path("control").asText(), id[1], id[2]));
    assertThat(
            http.send(
                    HttpRequest.newBuilder(deed).POST(BodyPublishers.noBody()).build(),
                    BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(200);
  }

  private void read() {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(api + "/events/stream"))
              .header("Authorization", "Bearer " + login)
              .build();
      http.send(request, BodyHandlers.ofLines())
          .body()
          .filter(line -> line.startsWith(DATA))
          .forEach(line -> events.add(event(line.substring(DATA.length()))));
    } catch (IOException | UncheckedIOException e) {
      // The test has ended, or waits in vain and says so.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static JsonNode event(String data) {
    try {
      return JSON.readTree(data);
    } catch (IOException e) {
      throw new IllegalStateException(data, e);
    }
  }

  private JsonNode next(Predicate<JsonNode> wanted) throws InterruptedException {
    while (true) {
      JsonNode event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      if (event == null) {
        throw new AssertionError("Nothing is told");
      }
      if (wanted.test(event)) {
        return event;
      }
    }
  }

  private JsonNode call(String path, Map<String, Object> body) throws Exception {
    var answer =
        http.send(
            HttpRequest.newBuilder(URI.create(api + path))
                .header("Authorization", "Bearer " + login)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.writeValueAsString(body)))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(path + answer.body()).isBetween(200, 201);
    return JSON.readTree(answer.body());
  }

  private Program started(Program program) {
    programs.add(program);
    return program;
  }
}
