package io.muster.control.history;

import static io.muster.control.history.Measured.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.control.Client;
import io.muster.control.ControlRig;
import io.muster.control.Database;
import io.muster.control.caller.Role;
import io.muster.control.caller.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CurrentMetricsTest {
  private final Measured measured = new Measured();
  private final String name = ControlRig.name("pve");
  private final UUID server = measured.server(name, 10);
  private final Instant now = Instant.now();

  private JsonNode current(String query) {
    var answer = measured.get("/metrics/current" + query);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.json();
  }

  private void vms(UUID of, int count) {
    Measured.write(
        "vm_states",
        IntStream.range(0, count)
            .mapToObj(i ->
                row(
                    of,
                    now.minusSeconds(4),
                    "server",
                    name,
                    "vm_id",
                    "qemu:" + (100 + i),
                    "vm_group",
                    i == 0 ? "pool" : null,
                    "status",
                    "running"))
            .toList());
  }

  @Test
  void withoutMore_serversAreToldWithTheirNewestAttempt() {
    Measured.write(
        "connection_metrics",
        List.of(
            row(
                server,
                now.minusSeconds(7),
                "server",
                name,
                "success",
                true,
                "response_time_ms",
                12.5,
                "nodes_online",
                3)));

    JsonNode one = current("").at("/items/0");

    assertThat(one.path("serverId").asText()).isEqualTo(server.toString());
    assertThat(one.path("serverName").asText()).isEqualTo(name);
    assertThat(one.path("labels")).isEmpty();
    assertThat(one.path("ageSeconds").asLong()).isBetween(7L, 60L);
    assertThat(one.at("/values/success").asDouble()).isEqualTo(1.0);
    assertThat(one.at("/values/response_time_ms").asDouble()).isEqualTo(12.5);
    assertThat(one.at("/values/nodes_online").asDouble()).isEqualTo(3.0);
    assertThat(one.at("/values/clock_skew_ms").isNull()).isTrue();
  }

  @Test
  void vms_areToldWithTheNumbersThatWereAskedFor() {
    vms(server, 2);
    Measured.write(
        "vm_metrics",
        List.of(
            row(
                server,
                now.minusSeconds(9),
                "vm_id",
                "qemu:101",
                "cpu_usage_ratio",
                0.25,
                "memory_used_bytes",
                4096L)));

    JsonNode vms = current("?kind=vm&metric=memory_used_bytes,cpu_usage_ratio&server=name:" + name);

    assertThat(vms.path("total").asLong()).isEqualTo(2);
    assertThat(vms.at("/items/0/labels")).hasToString("{\"vm\":\"qemu:100\"}");
    assertThat(vms.at("/items/0/time").isNull()).isTrue();
    assertThat(vms.at("/items/0/values"))
        .hasToString("{\"memory_used_bytes\":null,\"cpu_usage_ratio\":null}");
    assertThat(vms.at("/items/1/values"))
        .hasToString("{\"memory_used_bytes\":4096.0,\"cpu_usage_ratio\":0.25}");
    assertThat(current("?vm=qemu:101").at("/items/0/values/cpu_usage_ratio").asDouble())
        .isEqualTo(0.25);
  }

  @Test
  void pages_areInAStableOrder() {
    vms(server, 7);

    JsonNode first = current("?kind=vm&size=3&metric=cpu_usage_ratio");
    JsonNode last = current("?kind=vm&size=3&page=2&metric=cpu_usage_ratio");

    assertThat(first.path("total").asLong()).isEqualTo(7);
    assertThat(first.findValuesAsText("vm")).containsExactly("qemu:100", "qemu:101", "qemu:102");
    assertThat(last.findValuesAsText("vm")).containsExactly("qemu:106");
  }

  @Test
  void storages_areToldEachWithItsNode() {
    Measured.write(
        "storage_metrics",
        List.of(
            row(server, now.minusSeconds(90), "server", name, "storage", "ceph", "used_bytes", 1L),
            row(server, now.minusSeconds(30), "server", name, "storage", "ceph", "used_bytes", 2L),
            row(
                server,
                now.minusSeconds(30),
                "server",
                name,
                "node",
                "pve-1",
                "storage",
                "local",
                "used_bytes",
                3L)));

    JsonNode storages = current("?kind=storage&metric=used_bytes");

    assertThat(storages.path("total").asLong()).isEqualTo(2);
    assertThat(
            current("?storage=ceph&metric=used_bytes").at("/items/0/values/used_bytes").asDouble())
        .isEqualTo(2.0);
  }

  @Test
  void callers_seeWhatTheirScopeGrantsAndNoOtherTenants() {
    vms(server, 3);
    Measured stranger = new Measured();
    ControlRig rig = ControlRig.on(Database.H2);
    Client ofAPool =
        rig.with(
            measured
                .tenant()
                .token(Role.VIEWER, new Scope(Set.of(), Set.of("pool"), Set.of(), Set.of()), null));
    Client ofNothing =
        rig.with(
            measured
                .tenant()
                .token(
                    Role.VIEWER,
                    new Scope(Set.of(UUID.randomUUID()), Set.of(), Set.of(), Set.of()),
                    null));

    assertThat(measured.get(ofAPool, "/metrics/current?kind=vm").json().findValuesAsText("vm"))
        .containsExactly("qemu:100");
    assertThat(measured.get(ofAPool, "/metrics/current").json().path("total").asLong()).isZero();
    assertThat(measured.get(ofNothing, "/metrics/current?kind=vm").json().path("total").asLong())
        .isZero();
    assertThat(stranger.get("/metrics/current?kind=vm").json().path("total").asLong()).isZero();
    assertThat(stranger.get("/metrics/current?server=" + server).status()).isEqualTo(404);
  }

  @Test
  void nonsense_isToldByField() {
    for (String query : List.of("?kind=disk", "?metric=load1", "?size=0")) {
      assertThat(measured.get("/metrics/current" + query).status()).as(query).isEqualTo(400);
    }
    assertThat(measured.get("/metrics/current?kind=node&metric=load1").status()).isEqualTo(200);
  }
}
