package io.muster.cli.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.muster.cli.api.Call;
import io.muster.cli.api.Connection;
import io.muster.cli.api.ControlApi;
import io.muster.cli.local.Installation;
import io.muster.cli.local.ProgramJvm;
import io.muster.cli.local.QuestDbProcess;
import io.muster.cli.local.Readiness;
import io.muster.protocol.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** The control API at work: how much of it a second, how late, in how much memory. */
final class ControlLoad {
  private static final int RESIDENT_AIM_MEGABYTES = 250;
  private static final double MEGABYTE = 1 << 20;

  /** As many as one import takes. */
  private static final int IMPORT_SIZE = 50;

  /** Dashboards and scripts of a company that all look at once. */
  static final int CLIENTS = 8;

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
    try (var questDb = QuestDbProcess.start(folder.resolve("questdb"))) {
      measure(folder, questDb);
    }
  }

  private void measure(Path folder, QuestDbProcess questDb)
      throws IOException, InterruptedException {
    var jvm = ProgramJvm.control(installation);
    report.note("control API: " + String.join(" ", jvm.coldCommand("run")));
    new StartTimes(report, jvm, command -> Control.start(folder, questDb, command))
        .measure("control API", "");
    try (var control = Control.start(folder, questDb, jvm.command("run"))) {
      Readiness.await(control.process(), START_PATIENCE, "no readiness", control::isReady);
      report.heading("control API, %d clients without a pause".formatted(CLIENTS));
      resident("idle", control);
      var token = token(control);
      try (var api = Connection.asScript(control.address(), token)) {
        prepare(api, 500);
        fill(api, 0, 50);
        listing(control, api, 50, 50);
        fill(api, 50, 500);
        listing(control, api, 100, 500);
        listing(control, api, 500, 500);
        resident("after the lists", control);
        var servers = servers(api);
        new ReadsLoad(control, api, report, servers).measure(new SeededRows(questDb, servers));
        resident("after the reads", control);
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

  private void listing(Control control, ControlApi api, int size, int of)
      throws IOException, InterruptedException {
    new Asking(control, api, report, WARM_UP, WATCHED)
        .measure(
            "list %d of %d servers".formatted(size, of),
            CLIENTS,
            () -> Call.get("/servers").with("size", size),
            "");
  }

  /** Ids of the first ones, by name. */
  private static List<String> servers(ControlApi api) {
    return IntStream.range(0, SeededRows.SERVERS)
        .mapToObj(number ->
            api.send(Call.get("/servers/name:pve-%03d".formatted(number)))
                .json()
                .path("id")
                .asText())
        .toList();
  }

  private void resident(String when, Control control) throws IOException {
    report.line(
        "memory (RSS), " + when,
        "%.0f MB".formatted(control.residentBytes() / MEGABYTE),
        "≤ %d MB".formatted(RESIDENT_AIM_MEGABYTES));
  }
}
