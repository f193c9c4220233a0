package io.muster.control.history;

import static io.muster.control.history.Measured.every;
import static io.muster.control.history.Measured.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.control.Client;
import io.muster.control.ControlRig;
import io.muster.control.Database;
import io.muster.control.TestQuestDb.Cells;
import io.muster.control.caller.Role;
import io.muster.control.caller.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class ConnectionHistoryTest {
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  private final Measured measured = new Measured();
  private final Instant hour = Instant.now().truncatedTo(ChronoUnit.HOURS);

  private String path(UUID server, String query) {
    return "/servers/" + server + "/history" + query;
  }

  private static JsonNode at(JsonNode list, Instant time) {
    return StreamSupport.stream(list.spliterator(), false)
        .filter(one -> one.path("time").asText().equals(time.toString()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(time + " is not in " + list));
  }

  @Test
  void history_tellsAttemptsHoursAndAllTogether() {
    UUID server = measured.server(ControlRig.name("pve"), 10);
    Instant early = hour.minus(5, ChronoUnit.HOURS);
    Instant late = hour.minus(1, ChronoUnit.HOURS);
    List<Cells> rows = new ArrayList<>();
    rows.addAll(
        every(
            TEN_SECONDS,
            3,
            server,
            early,
            "success",
            true,
            "response_time_ms",
            20.0,
            "route",
            "tailscale"));
    rows.add(
        row(
            server,
            early.plusSeconds(30),
            "success",
            false,
            "failure",
            "UNREACHABLE",
            "error_message",
            "cannot reach pve",
            "route",
            "direct"));
    rows.addAll(every(TEN_SECONDS, 2, server, late, "success", true, "response_time_ms", 50.0));
    Measured.write("connection_metrics", rows);
    Measured.refresh("connection_hourly", "connection_metrics");

    JsonNode history = measured.get(path(server, "?hours=24")).json();

    assertThat(history.path("raw")).hasSize(6);
    assertThat(history.path("raw").get(0))
        .hasToString(
            "{\"time\":\"%s\",\"success\":true,\"responseTimeMs\":20.0,\"route\":\"tailscale\",\"errorMessage\":null}"
                .formatted(early));
    JsonNode failed = at(history.path("raw"), early.plusSeconds(30));
    assertThat(failed.path("success").asBoolean()).isFalse();
    assertThat(failed.path("responseTimeMs").isNull()).isTrue();
    assertThat(failed.path("errorMessage").asText()).isEqualTo("cannot reach pve");
    assertThat(history.path("hourly")).hasSize(25);
    JsonNode counted = at(history.path("hourly"), early);
    assertThat(counted.path("attempts").asLong()).isEqualTo(4);
    assertThat(counted.path("successRate").asDouble()).isEqualTo(75.0);
    assertThat(counted.path("avgResponseTimeMs").asDouble()).isEqualTo(20.0);
    assertThat(at(history.path("hourly"), late).path("attempts").asLong()).isEqualTo(2);
    assertThat(at(history.path("hourly"), early.plus(1, ChronoUnit.HOURS)))
        .hasToString(
            "{\"time\":\"%s\",\"successRate\":null,\"avgResponseTimeMs\":null,\"attempts\":0}"
                .formatted(early.plus(1, ChronoUnit.HOURS)));
    JsonNode summary = history.path("summary");
    assertThat(summary.path("totalAttempts").asLong()).isEqualTo(6);
    assertThat(summary.path("successCount").asLong()).isEqualTo(5);
    assertThat(summary.path("successRate").asDouble()).isCloseTo(83.33, within(0.01));
    assertThat(summary.path("avgResponseTimeMs").asDouble()).isEqualTo(32.0);
  }

  @Test
  void newestHours_areCountedBeforeTheHourlyViewHasThem() {
    UUID server = measured.server(ControlRig.name("pve"), 10);
    Measured.write("connection_metrics", every(TEN_SECONDS, 2, server, hour, "success", true));

    JsonNode history = measured.get(path(server, "?hours=1")).json();

    assertThat(at(history.path("hourly"), hour).path("attempts").asLong()).isEqualTo(2);
    assertThat(history.at("/summary/successRate").asDouble()).isEqualTo(100.0);
    assertThat(history.at("/summary/avgResponseTimeMs").isNull()).isTrue();
  }

  @Test
  void serverThatNobodyTried_hasNoRates() {
    UUID server = measured.server(ControlRig.name("pve"), 10);

    JsonNode history = measured.get(path(server, "")).json();

    assertThat(history.path("raw")).isEmpty();
    assertThat(history.path("summary"))
        .hasToString(
            "{\"totalAttempts\":0,\"successCount\":0,\"successRate\":null,\"avgResponseTimeMs\":null}");
  }

  @Test
  void attempts_areTheNewestWhenFewerAreAskedFor() {
    UUID server = measured.server(ControlRig.name("pve"), 10);
    Instant first = hour.minus(30, ChronoUnit.MINUTES);
    Measured.write("connection_metrics", every(TEN_SECONDS, 5, server, first, "success", true));

    JsonNode history = measured.get(path(server, "?hours=2&attempts=2")).json();

    assertThat(history.path("raw").findValuesAsText("time"))
        .containsExactly(first.plusSeconds(30).toString(), first.plusSeconds(40).toString());
    assertThat(history.at("/summary/totalAttempts").asLong()).isEqualTo(5);
    assertThat(measured.get(path(server, "?attempts=0")).json().path("raw")).isEmpty();
  }

  @Test
  void nonsense_isTold() {
    UUID server = measured.server(ControlRig.name("pve"), 10);

    for (String query : List.of("?hours=0", "?hours=17521", "?attempts=10001", "?hours=day")) {
      assertThat(measured.get(path(server, query)).status()).as(query).isEqualTo(400);
    }
  }

  @Test
  void serversOfOthers_areNotThere() {
    UUID server = measured.server(ControlRig.name("pve"), 10);
    UUID other = measured.server(ControlRig.name("pve"), 10);
    Client stranger = ControlRig.on(Database.H2).tenant().viewer();
    Client narrowed =
        ControlRig.on(Database.H2)
            .with(
                measured
                    .tenant()
                    .token(
                        Role.VIEWER, new Scope(Set.of(other), Set.of(), Set.of(), Set.of()), null));
    Client ofOneVm =
        ControlRig.on(Database.H2)
            .with(
                measured
                    .tenant()
                    .token(
                        Role.VIEWER,
                        new Scope(Set.of(), Set.of(), Set.of(), Set.of(server + "/qemu:1")),
                        null));

    assertThat(measured.get(stranger, path(server, "")).status()).isEqualTo(404);
    assertThat(measured.get(narrowed, path(server, "")).status()).isEqualTo(404);
    assertThat(measured.get(narrowed, path(other, "")).status()).isEqualTo(200);
    assertThat(measured.get(ofOneVm, path(server, "")).status()).isEqualTo(403);
  }
}
