package io.muster.e2e.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.e2e.Launcher;
import io.muster.e2e.Sql;
import io.muster.e2e.Wait;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What an operator reads of a running demo, by {@code ./muster} alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadsIT {
  private static final int NODES = 3;
  private static final int GUESTS = 6;

  /** Some polls of ten seconds, on a busy machine. */
  private static final Duration SOME_POLLS = Duration.ofMinutes(2);

  /** What a row may take beside the widths of its columns. */
  private static final int TEXTS_AND_INDEXES = 80;

  private final Launcher demo;
  private final JsonNode endpoints;
  private final Muster muster;

  ReadsIT(@TempDir Path folder) throws IOException {
    muster = new Muster(Files.createDirectories(folder.resolve("home")));
    demo =
        Launcher.start(
            "demo",
            "e2e-reads",
            "--nodes",
            String.valueOf(NODES),
            "--guests",
            String.valueOf(GUESTS),
            "--pods",
            "0",
            "--instances",
            "0");
    demo.awaitStarted();
    endpoints = demo.endpoints();
  }

  @BeforeAll
  void signIn() throws Exception {
    muster
        .piping(
            endpoints.path("controlPassword").asText() + "\n",
            "login",
            endpoints.path("control").asText(),
            "-u",
            endpoints.path("controlUser").asText(),
            "--password-stdin")
        .done();
    until(
        "all guests are listed, some of them with numbers",
        () ->
            vms().size() == GUESTS
                && vms().stream().anyMatch(vm -> vm.path("memoryUsedBytes").asLong() > 0));
  }

  @AfterAll
  void end() throws IOException {
    demo.close();
  }

  @Test
  void status_countsWhatTheListsHold() throws Exception {
    until(
        "status and list agree",
        () -> json("status").path("vms").path("total").asInt() == vms().size());
    var status = json("status");
    assertThat(status.path("servers").path("online").asInt()).isEqualTo(1);
    assertThat(status.path("agents").path("connected").asInt()).isEqualTo(1);
    assertThat(status.path("nodes").path("online").asInt()).isEqualTo(NODES);
    assertThat(json("nodes", "list")).hasSize(NODES);
    assertThat(muster.run("status").done().out()).contains("1 online", NODES + " online");
  }

  @Test
  void vm_isFoundByWhatTheListSays() throws Exception {
    var vm = vms().getFirst();
    var address = vm.path("serverName").asText() + "/" + vm.path("vmId").asText();
    assertThat(muster.run("vms", "list").done().out()).contains(address);
    var shown = json("vms", "show", address);
    assertThat(shown.path("name")).isEqualTo(vm.path("name"));
    assertThat(shown.path("memoryTotalBytes").asLong()).isPositive();
    assertThat(shown.path("sampleAgeSeconds").asLong()).isBetween(0L, SOME_POLLS.toSeconds());
    assertThat(shown.path("actions")).isNotEmpty();
    assertThat(muster.run("vms", "show", address).done().out()).contains("sample age");
    var none = muster.run("vms", "show", vm.path("serverName").asText() + "/qemu:1");
    assertThat(none.exitCode()).as(none.out()).isEqualTo(1);
  }

  @Test
  void history_hasTheAttempts() throws Exception {
    var server = vms().getFirst().path("serverName").asText();
    var history = json("history", server, "--hours", "1");
    assertThat(history.path("summary").path("successRate").asDouble()).isEqualTo(100);
    assertThat(history.path("raw")).isNotEmpty();
    assertThat(history.path("hourly")).isNotEmpty();
    assertThat(muster.run("history", server).done().out()).contains("100.0 % succeeded", "HOUR");
  }

  @Test
  void watch_tellsOfAGuestThatIsDeleted() throws Exception {
    var victim = vms().getLast().path("vmId").asText();
    try (var watching = muster.start("watch", "--json", "--for", "5m")) {
      until("somebody listens", () -> watching.said().contains("Waiting for changes"));
      deleteGuest(victim.substring(victim.indexOf(':') + 1));
      until(
          "it is told",
          () ->
              watching
                  .said()
                  .lines()
                  .anyMatch(line -> line.contains(victim) && line.contains("\"removed\"")));
    }
  }

  @Test
  void size_isThatOfTheInventory_andItsWidthsAreThoseOfTheTables() throws Exception {
    var size = json("size");
    try (var sql = Sql.connect(endpoints)) {
      for (var table : size.path("tables")) {
        var name = table.path("table").asText();
        var width = width(sql, name);
        assertThat(table.path("bytesPerRow").asInt())
            .as(name)
            .isBetween(width, width + TEXTS_AND_INDEXES);
      }
    }
    assertThat(size.path("tables").valueStream())
        .anySatisfy(table -> {
          assertThat(table.path("table").asText()).isEqualTo("node_states");
          assertThat(table.path("rowsPerDay").asLong()).isEqualTo(NODES * 1440L);
        });
  }

  private List<JsonNode> vms() throws Exception {
    return json("vms", "list").valueStream().toList();
  }

  private JsonNode json(String... verb) throws Exception {
    var arguments = new ArrayList<>(List.of(verb));
    arguments.add("--json");
    return muster.run(arguments.toArray(String[]::new)).done().json();
  }

  private void deleteGuest(String id) throws IOException, InterruptedException {
    var uri = URI.create(endpoints.path("simulator").asText() + "/guests/" + id);
    try (var client = HttpClient.newHttpClient()) {
      var answer =
          client.send(
              HttpRequest.newBuilder(uri).DELETE().build(), HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
  }

  private static int width(Sql sql, String table) throws SQLException {
    var width = 0;
    for (var column : sql.rows("SHOW COLUMNS FROM " + table)) {
      width +=
          switch (column.text("type")) {
            case "BOOLEAN" -> 1;
            case "INT", "SYMBOL" -> 4;
            case "DOUBLE", "LONG", "TIMESTAMP" -> 8;
            case "VARCHAR" -> 16;
            default -> throw new AssertionError(table + " has " + column);
          };
    }
    return width;
  }

  private static void until(String fact, Callable<Boolean> isSo) {
    Wait.until(SOME_POLLS, () -> fact, isSo);
  }
}
