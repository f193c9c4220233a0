package io.muster.control.history;

import static io.muster.control.history.Measured.every;
import static io.muster.control.history.Measured.row;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MetricHistoryTest {
  private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

  private final Measured measured = new Measured();
  private final Instant hour =
      Instant.now().truncatedTo(ChronoUnit.HOURS).minus(3, ChronoUnit.HOURS);

  private JsonNode history(UUID server, String query) {
    var answer = measured.get("/metrics/history?server=" + server + "&" + query);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.json();
  }

  private static String span(Instant from, Instant to) {
    return "&from=" + from + "&to=" + to;
  }

  private static List<String> values(JsonNode series) {
    List<String> values = new ArrayList<>();
    series.path("points").forEach(point -> values.add(point.path("value").asText()));
    return values;
  }

  @Test
  void points_areMeansAndMaximaWithNullWhereNothingWasMeasured() {
    UUID server = measured.server(ControlRig.name("pve"), 10);
    List<Cells> rows =
        every(TEN_SECONDS, 6, server, hour, "node", "pve-1", "cpu_usage_ratio", 0.25);
    rows.add(row(server, hour.plusSeconds(55), "node", "pve-1", "cpu_usage_ratio", 0.75));
    // Of pressure alone, as RRD brings it.
    rows.add(row(server, hour.plusSeconds(125), "node", "pve-1", "pressure_cpu_ratio", 0.5));
    rows.add(row(server, hour.plusSeconds(180), "node", "pve-1", "cpu_usage_ratio", 0.0));
    Measured.write("node_metrics", rows);

    JsonNode answer =
        history(
            server,
            "node=pve-1&metric=cpu_usage_ratio&step=30s" + span(hour, hour.plusSeconds(200)));

    assertThat(answer.path("stepSeconds").asLong()).isEqualTo(30);
    assertThat(answer.path("to").asText()).isEqualTo(hour.plusSeconds(210).toString());
    assertThat(answer.path("series")).hasSize(1);
    JsonNode series = answer.at("/series/0");
    assertThat(series.path("metric").asText()).isEqualTo("cpu_usage_ratio");
    assertThat(series.path("source").asText()).isEqualTo("node_metrics");
    assertThat(series.path("serverId").asText()).isEqualTo(server.toString());
    assertThat(series.path("labels")).hasToString("{\"node\":\"pve-1\"}");
    assertThat(values(series))
        .containsExactly("0.25", "0.375", "null", "null", "null", "null", "0.0");
    assertThat(series.at("/points/1"))
        .hasToString(
            "{\"time\":\"%s\",\"value\":0.375,\"max\":0.75}".formatted(hour.plusSeconds(30)));
  }

  @Test
  void severalVmsNodesAndMetrics_areReadAtOnce() {
    UUID server = measured.server(ControlRig.name("pve"), 10);
    for (String vm : List.of("qemu:1", "qemu:2", "lxc:3")) {
      Measured.write(
          "vm_metrics",
          every(
              TEN_SECONDS,
              6,
              server,
              hour,
              "vm_id",
              vm,
              "cpu_usage_ratio",
              0.5,
              "memory_used_bytes",
              1L << 34));
    }
    Measured.write(
        "node_metrics",
        every(TEN_SECONDS, 6, server, hour, "node", "pve-1", "cpu_usage_ratio", 0.125));

    JsonNode series =
        history(
                server,
                "vm=qemu:1&vm=qemu:2,qemu:9&node=pve-1&metric=cpu_usage_ratio&metric=memory_used_bytes&step=60"
                    + span(hour, hour.plusSeconds(60)))
            .path("series");

    List<String> told = new ArrayList<>();
    series.forEach(one ->
        told.add(
            one.path("metric").asText() + one.path("labels") + one.at("/points/0/value").asText()));
    assertThat(told)
        .containsExactly(
            "cpu_usage_ratio{\"node\":\"pve-1\"}0.125",
            "memory_used_bytes{\"node\":\"pve-1\"}null",
            "cpu_usage_ratio{\"vm\":\"qemu:1\"}0.5",
            "cpu_usage_ratio{\"vm\":\"qemu:2\"}0.5",
            "cpu_usage_ratio{\"vm\":\"qemu:9\"}null",
            "memory_used_bytes{\"vm\":\"qemu:1\"}1.7179869184E10",
            "memory_used_bytes{\"vm\":\"qemu:2\"}1.7179869184E10",
            "memory_used_bytes{\"vm\":\"qemu:9\"}null");
  }

  @Test
  void beyondTwoDays_hoursAreReadWeighedByHowLongSamplesWere() {
    UUID server = measured.server(ControlRig.name("pve"), 10);
    Measured.write(
        "vm_metrics",
        List.of(
            row(
                server,
                hour,
                "vm_id",
                "qemu:1",
                "sample_seconds",
                10,
                "cpu_usage_ratio",
                0.8,
                "cpu_cores",
                4.0),
            row(
                server,
                hour.plusSeconds(60),
                "vm_id",
                "qemu:1",
                "sample_seconds",
                30,
                "cpu_usage_ratio",
                0.4,
                "cpu_cores",
                4.0)));
    Measured.refresh("vm_hourly", "vm_metrics");

    JsonNode answer =
        history(
            server,
            "vm=qemu:1&metric=cpu_usage_ratio,cpu_cores&step=5m"
                + span(hour.minus(50, ChronoUnit.HOURS), hour.plus(1, ChronoUnit.HOURS)));

    assertThat(answer.path("stepSeconds").asLong()).isEqualTo(3_600);
    JsonNode cpu = answer.at("/series/0");
    assertThat(cpu.path("source").asText()).isEqualTo("vm_hourly");
    assertThat(cpu.path("points")).hasSize(51);
    assertThat(cpu.at("/points/50"))
        .hasToString("{\"time\":\"%s\",\"value\":0.5,\"max\":0.8}".formatted(hour));
    assertThat(cpu.at("/points/49/value").isNull()).isTrue();
    // Hours have nothing of it: told from samples, as far as they go back.
    JsonNode cores = answer.at("/series/1");
    assertThat(cores.path("source").asText()).isEqualTo("vm_metrics");
    assertThat(cores.at("/points/50/value").asDouble()).isEqualTo(4.0);
  }

  @Test
  void usualStep_isTwoIntervalsAtLeastAndMakes500PointsAtMost() {
    UUID quick = measured.server(ControlRig.name("pve"), 10);
    UUID slow = measured.server(ControlRig.name("pve"), 60);
    Instant now = Instant.now();
    String anHour = "metric=response_time_ms" + span(now.minusSeconds(3_600), now);
    String aDay = "metric=response_time_ms" + span(now.minus(1, ChronoUnit.DAYS), now);
    String aMonth = "metric=response_time_ms" + span(now.minus(30, ChronoUnit.DAYS), now);

    assertThat(history(quick, anHour).path("stepSeconds").asLong()).isEqualTo(20);
    assertThat(history(slow, anHour).path("stepSeconds").asLong()).isEqualTo(120);
    assertThat(history(quick, aDay).path("stepSeconds").asLong()).isEqualTo(180);
    assertThat(history(quick, aMonth).path("stepSeconds").asLong()).isEqualTo(7_200);
    assertThat(history(quick, aMonth).at("/series/0/points")).hasSizeLessThanOrEqualTo(500);
  }

  @Test
  void unnamedNodesAndStorages_areAllThatThereAre() {
    UUID server = measured.server(ControlRig.name("pve"), 10);
    Measured.write(
        "node_metrics",
        List.of(
            row(server, hour, "node", "pve-1", "load1", 1.0),
            row(server, hour, "node", "pve-2", "load1", 2.0)));
    Measured.write(
        "storage_metrics",
        List.of(
            row(server, hour, "storage", "ceph", "used_bytes", 7L),
            row(server, hour, "node", "pve-1", "storage", "local", "used_bytes", 8L)));
    String span = "&step=1h" + span(hour, hour.plusSeconds(1));

    assertThat(history(server, "metric=load1" + span).path("series").findValues("labels"))
        .hasToString("[{\"node\":\"pve-1\"}, {\"node\":\"pve-2\"}]");
    assertThat(history(server, "metric=used_bytes" + span).path("series").findValues("labels"))
        .hasToString("[{\"storage\":\"ceph\"}, {\"node\":\"pve-1\",\"storage\":\"local\"}]");
    assertThat(
            history(server, "metric=used_bytes&storage=ceph" + span)
                .at("/series/0/points/0/value")
                .asDouble())
        .isEqualTo(7.0);
  }

  @Test
  void nonsense_isToldByField() {
    UUID server = measured.server(ControlRig.name("pve"), 10);
    Map<String, String> wrong =
        Map.of(
            "metric=cpu", "metric",
            "metric=ts;DROP", "metric",
            "metric=cpu_usage_ratio&step=quick", "step",
            "metric=cpu_usage_ratio&from=yesterday", "from",
            "metric=cpu_usage_ratio&from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "from",
            "metric=host_memory_bytes", "vm",
            "metric=nodes_online", "metric",
            "metric=load1&step=1s&from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z", "step",
            "node=pve-1", "metric");

    wrong.forEach((query, field) -> {
      var answer =
          measured.get("/metrics/history?server=" + server + "&" + query.replace(";", "%3B"));
      assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
      assertThat(answer.json().at("/errors/0/field").asText()).as(query).isEqualTo(field);
    });
    assertThat(measured.get("/metrics/history?metric=load1").json().at("/errors/0/field").asText())
        .isEqualTo("server");
  }

  private Client narrowed(Set<String> groups, Set<String> tags, Set<String> vmIds) {
    return ControlRig.on(Database.H2)
        .with(measured.tenant().token(Role.VIEWER, new Scope(Set.of(), groups, tags, vmIds), null));
  }

  @Test
  void callersOfSingleVms_seeTheirsAndNothingElse() {
    UUID server = measured.server(ControlRig.name("pve"), 10);
    UUID strangers = new Measured().server(ControlRig.name("pve"), 10);
    for (UUID one : List.of(server, strangers)) {
      Measured.write(
          "vm_states",
          List.of(
              row(one, hour, "vm_id", "qemu:1", "tags", List.of("gold", "x"), "status", "removed"),
              row(one, hour, "vm_id", "qemu:2", "vm_group", "pool", "status", "running"),
              row(one, hour, "vm_id", "qemu:3", "vm_group", "other", "status", "running")));
    }
    Map<String, Client> seers =
        Map.of(
            "qemu:1", narrowed(Set.of(), Set.of("gold"), Set.of()),
            "qemu:2", narrowed(Set.of("pool"), Set.of(), Set.of()),
            "qemu:3", narrowed(Set.of(), Set.of(), Set.of(server + "/qemu:3")));

    seers.forEach((seen, caller) -> {
      for (String vm : List.of("qemu:1", "qemu:2", "qemu:3")) {
        var answer =
            measured.get(
                caller, "/metrics/history?metric=cpu_usage_ratio&server=" + server + "&vm=" + vm);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(vm.equals(seen) ? 200 : 404);
      }
      assertThat(
              measured
                  .get(
                      caller,
                      "/metrics/history?metric=cpu_usage_ratio&server=" + strangers + "&vm=" + seen)
                  .status())
          .isEqualTo(404);
      assertThat(measured.get(caller, "/metrics/history?metric=load1&server=" + server).status())
          .isIn(403, 404);
    });
  }
}
