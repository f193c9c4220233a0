package io.muster.agent;

import static io.muster.agent.AgentRig.until;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.cli.local.QuestDbProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole agent between a simulated cluster and a real QuestDB. */
final class AgentTest {
  private static @TempDir Path questDbFolder = Path.of("");
  private static @Nullable QuestDbProcess questDb;

  private @TempDir Path folder = Path.of("");
  private AgentRig rig;

  @BeforeAll
  static void startQuestDb() {
    questDb = QuestDbProcess.start(questDbFolder);
  }

  @AfterAll
  static void stopQuestDb() {
    if (questDb != null) {
      questDb.close();
    }
  }

  @BeforeEach
  void start() throws IOException {
    rig = new AgentRig(folder, Objects.requireNonNull(questDb));
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  @Test
  void runningAgent_fillsTheTablesAndEveryAttemptLeavesItsRow() throws Exception {
    until(
        "nodes",
        () -> rig.number("SELECT count() FROM node_now WHERE %s AND status = 'online'") == 3);
    until("VMs", () -> rig.number("SELECT count() FROM vm_now WHERE %s") >= 8);
    until("storages", () -> rig.number("SELECT count() FROM storage_metrics WHERE %s") > 0);
    until("usage", () -> rig.number("SELECT count() FROM vm_metrics WHERE %s") > 0);
    until("five polls", () -> rig.number("SELECT count() FROM connection_metrics WHERE %s") >= 5);

    long polls = polls(rig.get("/prometheus"));
    rig.closeAgent();

    until("rows", () -> rig.number("SELECT count() FROM connection_metrics WHERE %s") >= polls);
    assertThat(rig.number("SELECT count() - count_distinct(ts) FROM connection_metrics WHERE %s"))
        .isZero();
    assertThat(rig.number("SELECT count() FROM connection_metrics WHERE %s"))
        .as("at most one more poll ended after the page was read")
        .isBetween(polls, polls + 2);
    assertThat(rig.number("SELECT count() FROM connection_metrics WHERE %s AND success"))
        .isPositive();
  }

  @Test
  void stoppedNode_changesItsRowsAndItsGuestsRowsAlone() throws Exception {
    until("VMs", () -> rig.number("SELECT count() FROM vm_now WHERE %s") >= 8);
    long onIt = rig.number("SELECT count() FROM vm_now WHERE %s AND node = 'pve3'");
    long unknownBefore = rig.number("SELECT count() FROM vm_now WHERE %s AND status = 'unknown'");
    assertThat(onIt).isPositive();
    assertThat(unknownBefore).isZero();

    rig.simulator.stopNode("pve3");

    until(
        "node offline",
        () ->
            rig.number(
                    "SELECT count() FROM node_now WHERE %s AND node = 'pve3' AND status = 'offline'")
                == 1);
    until(
        "its guests unknown",
        () ->
            rig.number(
                    "SELECT count() FROM vm_now WHERE %s AND node = 'pve3' AND status = 'unknown'")
                == onIt);
    assertThat(rig.number("SELECT count() FROM node_now WHERE %s AND status = 'online'"))
        .isEqualTo(2);
    assertThat(rig.number("SELECT count() FROM vm_now WHERE %s AND status = 'unknown'"))
        .isEqualTo(onIt);
    JsonNode server = rig.state().path("servers").path(0);
    assertThat(server.path("status").asText()).isEqualTo("up");
    assertThat(server.path("breaker").asText()).isEqualTo("closed");
  }

  @Test
  void deletedGuest_isRemovedWithinTwoTicks() throws Exception {
    until("VMs", () -> rig.number("SELECT count() FROM vm_now WHERE %s") >= 8);
    int vmid = rig.simulator.world().state().guests().getFirst().vmid();
    String of = "%s AND vm_id LIKE '%%:" + vmid + "'";
    assertThat(rig.number("SELECT count() FROM vm_now WHERE " + of)).isEqualTo(1);

    Instant deleted = Instant.now();
    rig.simulator.world().deleteGuest(vmid);

    until("gone", () -> rig.number("SELECT count() FROM vm_now WHERE " + of) == 0);
    long removedMicros =
        rig.number(
            "SELECT cast(max(ts) AS LONG) FROM vm_states WHERE status = 'removed' AND " + of);
    long ticks =
        rig.number(
            "SELECT count() FROM connection_metrics WHERE %s AND success AND ts > '"
                + deleted
                + "' AND ts <= "
                + removedMicros);
    assertThat(ticks).isLessThanOrEqualTo(2);
  }

  @Test
  void brokenInventory_leavesTheOldInForceAndSaysSo() throws Exception {
    until("up", () -> rig.state().path("servers").path(0).path("status").asText().equals("up"));

    Files.writeString(rig.file, "{ \"servers\": [ { \"name\": \"lab\", ");
    until("problem told", () -> !rig.state().path("inventoryProblems").isEmpty());
    long polls = polls(rig.get("/prometheus"));
    until("polls go on", () -> polls(rig.get("/prometheus")) > polls + 1);

    Files.writeString(rig.file, rig.inventory());
    until("problem gone", () -> rig.state().path("inventoryProblems").isEmpty());
    assertThat(rig.get("/state")).doesNotContain(rig.simulator.readerToken().secret());
  }

  @Test
  void removedServer_takesItsMetersAlong() throws Exception {
    until("polled", () -> polls(rig.get("/prometheus")) >= 1);
    assertThat(rig.get("/prometheus")).contains("muster_server_up{", "server=\"lab\"");

    Files.writeString(rig.file, "{\"servers\": []}");

    until("gone", () -> !rig.get("/prometheus").contains("server=\"lab\""));
    assertThat(rig.get("/prometheus")).contains("muster_servers 0.0");
    assertThat(rig.state().path("servers")).isEmpty();
  }

  @Test
  void stoppedCluster_opensTheBreakerWhichClosesWhenItIsBack() throws Exception {
    until("up", () -> rig.state().path("servers").path(0).path("status").asText().equals("up"));

    rig.simulator.nodes().forEach(rig.simulator::stopNode);
    until(
        "open", () -> rig.state().path("servers").path(0).path("breaker").asText().equals("open"));
    JsonNode down = rig.state().path("servers").path(0);
    assertThat(down.path("status").asText()).isEqualTo("down");
    assertThat(down.path("lastPoll").path("failure").asText()).isEqualTo("UNREACHABLE");
    assertThat(rig.get("/health/readiness")).contains("\"status\":\"UP\"");
    assertThat(rig.get("/health/providers")).contains("UNREACHABLE");

    rig.simulator.nodes().forEach(rig.simulator::startNode);
    until(
        "closed",
        () -> rig.state().path("servers").path(0).path("breaker").asText().equals("closed"));
    until(
        "rows of both",
        () ->
            rig.number(
                        "SELECT count() FROM connection_metrics WHERE %s AND failure = 'UNREACHABLE' AND response_time_ms IS NULL")
                    >= 3
                && rig.number(
                        "SELECT count() FROM connection_metrics WHERE %s AND breaker = 'open'")
                    >= 1);
  }

  @Test
  void close_takesLessThanFiveSeconds() throws Exception {
    until("up", () -> rig.state().path("servers").path(0).path("status").asText().equals("up"));

    Instant start = Instant.now();
    rig.closeAgent();

    assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
  }

  private static long polls(String prometheus) {
    return prometheus
        .lines()
        .filter(line -> line.startsWith("muster_polls_total{"))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
