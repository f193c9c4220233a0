package io.muster.cli.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.cli.api.Call;
import io.muster.cli.api.Connection;
import io.muster.cli.api.ControlApi;
import io.muster.cli.local.Installation;
import io.muster.cli.local.ProgramJvm;
import io.muster.cli.local.Readiness;
import io.muster.protocol.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** The control API at work: how much of it a second, how late, in how much memory. */
final class ControlLoad {
  private static final int RESIDENT_AIM_MEGABYTES = 250;
  private static final double MEGABYTE = 1 << 20;

  /** As many as one import takes. */
  private static final int IMPORT_SIZE = 50;

  /** Dashboards and scripts of a company that all look at once. */
  private static final int CLIENTS = 8;

  /** Until what is called often is compiled. */
  private static final Duration WARM_UP = Duration.ofSeconds(15);

  private static final Duration WATCHED = Duration.ofSeconds(30);
  private static final Duration START_PATIENCE = Duration.ofMinutes(1);

  private final Installation installation;
  private final Report report;

  ControlLoad(Installation installation, Report report) {
    this.installation = installation;
    this.report = report;
  }

  void measure(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    var jvm = ProgramJvm.control(installation);
    report.note("control API: " + String.join(" ", jvm.coldCommand("run")));
    new StartTimes(report, jvm, command -> Control.start(folder, command))
        .measure("control API", "");
    try (var control = Control.start(folder, jvm.command("run"))) {
      Readiness.await(control.process(), START_PATIENCE, "no readiness", control::isReady);
      report.heading("control API, %d clients without a pause".formatted(CLIENTS));
      resident("idle", control);
      var token = token(control);
      try (var api = Connection.asScript(control.address(), token)) {
        prepare(api, 500);
        fill(api, 0, 50);
        listing(control, token, 50, 50);
        fill(api, 50, 500);
        listing(control, token, 100, 500);
        listing(control, token, 500, 500);
        resident("after the lists", control);
        new LiveLoad(control, api, report).measure();
      }
      resident("largest", control);
    }
  }

  private static Secret token(Control control) {
    try (var admin =
        Connection.asUser(control.address(), Control.ADMINISTRATOR, Control.PASSWORD)) {
      var body = JsonNodeFactory.instance.objectNode().put("name", "bench").put("role", "admin");
      return new Secret(admin.send(Call.post("/tokens", body)).json().path("token").asText());
    }
  }

  private static void prepare(ControlApi api, int servers) {
    var json = JsonNodeFactory.instance;
    api.send(Call.post("/sites", json.objectNode().put("name", "bench")));
    var tenant = api.all(Call.get("/tenants")).path(0).path("id").asText();
    api.send(Call.patch("/tenants/" + tenant, json.objectNode().put("serverLimit", servers)));
  }

  /** Servers that nobody polls: no agent takes part. */
  private static void fill(ControlApi api, int from, int to) throws IOException {
    for (var first = from; first < to; first += IMPORT_SIZE) {
      var body = JsonNodeFactory.instance.objectNode();
      var servers = body.putArray("servers");
      IntStream.range(first, first + IMPORT_SIZE)
          .forEach(number ->
              servers
                  .addObject()
                  .put("name", "pve-%03d".formatted(number))
                  .put("site", "bench")
                  .put("host", "pve-%03d.example.org".formatted(number))
                  .put("tokenId", "muster@pve!monitor")
                  .put("tokenSecret", "0d1f6a34-5b0e-4c7d-8a3e-2f9b6c1d7e50"));
      var answer = api.send(Call.post("/servers/import", body)).json();
      if (answer.path("created").asInt() != IMPORT_SIZE) {
        throw new IOException("The control API does not take the servers: " + answer);
      }
    }
  }

  private void listing(Control control, Secret token, int size, int of)
      throws IOException, InterruptedException {
    ask(control, token, size, WARM_UP);
    var cpu = control.cpu();
    var began = System.nanoTime();
    var millis = ask(control, token, size, WATCHED);
    var seconds = (System.nanoTime() - began) / 1e9;
    var cores = control.cpu().minus(cpu).toNanos() / 1e9 / seconds;
    report.line(
        "list %d of %d servers, requests/s".formatted(size, of),
        "%.0f".formatted(millis.length / seconds),
        "");
    report.line(
        "  p50, p95",
        "%.1f ms, %.1f ms".formatted(percentile(millis, 0.5), percentile(millis, 0.95)),
        "");
    report.line("  CPU", "%.2f cores".formatted(cores), "");
  }

  /** How long each answer took, shortest first. */
  private static double[] ask(Control control, Secret token, int size, Duration span)
      throws IOException, InterruptedException {
    var took = new ConcurrentLinkedQueue<Double>();
    var end = System.nanoTime() + span.toNanos();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor();
        var api = Connection.asScript(control.address(), token)) {
      var running =
          IntStream.range(0, CLIENTS)
              .<Future<?>>mapToObj(client ->
                  clients.submit(() -> {
                    while (System.nanoTime() < end) {
                      var began = System.nanoTime();
                      api.send(Call.get("/servers").with("size", size));
                      took.add((System.nanoTime() - began) / 1e6);
                    }
                  }))
              .toList();
      for (var client : running) {
        client.get();
      }
    } catch (ExecutionException failed) {
      throw new IOException("A client failed: " + failed.getCause(), failed);
    }
    var sorted = took.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }

  static double percentile(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)))];
  }

  private void resident(String when, Control control) throws IOException {
    report.line(
        "memory (RSS), " + when,
        "%.0f MB".formatted(control.residentBytes() / MEGABYTE),
        "≤ %d MB".formatted(RESIDENT_AIM_MEGABYTES));
  }
}
