package io.muster.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.protocol.Secret;
import io.muster.protocol.ServerId;
import io.muster.protocol.link.AgentMessage;
import io.muster.protocol.link.VmStatusChange;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** Readers of the control API's stream: what they cost, and how late they hear of a change. */
final class LiveLoad {
  private static final int READERS = 200;

  /** As many as one caller may have. */
  private static final int READERS_OF_TOKEN = 10;

  /** VMs of a large site on a bad day. */
  private static final int CHANGES_A_SECOND = 20;

  private static final Duration WATCHED = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String SITE = "bench";
  private static final String DATA = "data: ";
  private static final String AT = "\"at\":\"";

  private final Control control;
  private final ControlApi api;
  private final Report report;
  private final ConcurrentLinkedQueue<Double> late = new ConcurrentLinkedQueue<>();

  /**
   * @param api as an administrator
   */
  LiveLoad(Control control, ControlApi api, Report report) {
    this.control = control;
    this.api = api;
    this.report = report;
  }

  void measure() throws IOException, InterruptedException {
    var server =
        new ServerId(
            UUID.fromString(
                api.send(Call.get("/servers/name:pve-000")).json().path("id").asText()));
    var agentToken = api.send(Call.post("/sites/name:" + SITE + "/agent-tokens", named("bench")));
    var http = HttpClient.newHttpClient();
    try {
      idle("  CPU without readers");
      var open = new CountDownLatch(READERS);
      for (var token : tokens()) {
        for (var reader = 0; reader < READERS_OF_TOKEN; reader++) {
          listen(http, token, open);
        }
      }
      if (!open.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("%d streams do not begin".formatted(open.getCount()));
      }
      report.line("%d readers of the stream".formatted(READERS), "", "");
      idle("  CPU while nothing happens");
      try (var agent =
          new LinkedAgent(
              control.address(), SITE, new Secret(agentToken.json().path("token").asText()))) {
        busy(agent, server);
      }
    } finally {
      // Not closed: that would wait for the streams to end.
      http.shutdownNow();
    }
  }

  private void idle(String what) throws IOException, InterruptedException {
    var cpu = control.cpu();
    Thread.sleep(WATCHED);
    cpu(what, cpu, WATCHED);
  }

  private void busy(LinkedAgent agent, ServerId server) throws IOException, InterruptedException {
    var cpu = control.cpu();
    late.clear();
    var pause = Duration.ofSeconds(1).dividedBy(CHANGES_A_SECOND);
    var began = System.nanoTime();
    var told = 0;
    while (System.nanoTime() - began < WATCHED.toNanos()) {
      agent.say(new AgentMessage.VmStatuses(List.of(change(server, told++))));
      Thread.sleep(pause);
    }
    var whole = Duration.ofNanos(System.nanoTime() - began);
    cpu("  CPU at %d changes/s".formatted(Math.round(told / (whole.toMillis() / 1e3))), cpu, whole);
    var until = System.nanoTime() + PATIENCE.toNanos();
    while (late.size() < told * READERS && System.nanoTime() < until) {
      Thread.sleep(100);
    }
    var sorted = late.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    report.line(
        "  heard of what was told", "%d of %d".formatted(sorted.length, told * READERS), "");
    if (sorted.length > 0) {
      report.line(
          "  from the agent's word to a reader, p50, p95, max",
          "%.0f, %.0f, %.0f ms"
              .formatted(
                  Asking.percentile(sorted, 0.5),
                  Asking.percentile(sorted, 0.95),
                  Arrays.stream(sorted).max().orElseThrow()),
          "≤ 2 s");
    }
  }

  private void cpu(String what, Duration before, Duration span) throws IOException {
    report.line(
        what,
        "%.2f cores".formatted(control.cpu().minus(before).toNanos() / (double) span.toNanos()),
        "");
  }

  private static VmStatusChange change(ServerId server, int number) {
    return new VmStatusChange(
        server,
        "qemu:" + number,
        "web-" + number,
        "pve1",
        number % 2 == 0 ? "running" : "stopped",
        Instant.now(),
        "shop",
        List.of("web"));
  }

  private void listen(HttpClient http, Secret token, CountDownLatch open) {
    var request =
        HttpRequest.newBuilder(URI.create(control.address().url() + "/api/v1/events/stream"))
            .header("Authorization", "Bearer " + token.reveal())
            .build();
    var _ =
        http.sendAsync(request, BodyHandlers.ofLines())
            .thenAcceptAsync(
                answer -> {
                  if (answer.statusCode() == 200) {
                    open.countDown();
                    answer.body().forEach(this::heard);
                  }
                },
                reader -> Thread.ofVirtual().start(reader));
  }

  private void heard(String line) {
    var at = line.indexOf(AT);
    if (line.startsWith(DATA) && at > 0 && line.contains("vmId")) {
      var text = line.substring(at + AT.length(), line.indexOf('"', at + AT.length()));
      late.add(Duration.between(Instant.parse(text), Instant.now()).toNanos() / 1e6);
    }
  }

  private List<Secret> tokens() {
    var tokens = new ArrayList<Secret>();
    IntStream.range(0, READERS / READERS_OF_TOKEN)
        .forEach(number ->
            tokens.add(
                new Secret(
                    api.send(
                            Call.post(
                                "/tokens",
                                JsonNodeFactory.instance
                                    .objectNode()
                                    .put("name", "reader-" + number)
                                    .put("role", "viewer")))
                        .json()
                        .path("token")
                        .asText())));
    return tokens;
  }

  private static JsonNode named(String name) {
    return JsonNodeFactory.instance.objectNode().put("name", name);
  }
}
