package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an inventory costs. */
class SizeTest {
  @TempDir Path home;

  @Test
  void givenNumbers_needNoControlApi() {
    var muster = new Muster(home).columns(80);
    assertThat(muster.run("size", "--vms", "5000", "--nodes", "500", "--servers", "20"))
        .as(muster.err())
        .isZero();
    assertThat(muster.out())
        .startsWith("proxmox: 20 servers, 500 nodes, 5000 VMs, every 10 s\n")
        .containsPattern("vm_metrics +43,200,000 +6.0 GiB +7 d +48 GiB")
        .containsPattern("vm_states +7,200,000 +")
        .containsPattern("vm_hourly +120,000 .* 730 d");
    assertThat(muster.out().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void sum_isThatOfTheTables() throws IOException {
    var muster = new Muster(home);
    assertThat(muster.run("size", "--vms", "10", "--nodes", "2", "--interval", "1m", "--json"))
        .isZero();
    var json = new ObjectMapper().readTree(muster.out());
    assertThat(json.path("bytesPerDay").asLong()).isEqualTo(sum(json, "bytesPerDay"));
    assertThat(json.path("rowsPerDay").asLong()).isEqualTo(sum(json, "rowsPerDay"));
    assertThat(rows(json, "vm_metrics")).isEqualTo(10 * 1440);
    assertThat(rows(json, "vm_hourly")).isEqualTo(10 * 24);
    assertThat(rows(json, "connection_metrics")).isEqualTo(1440);
  }

  @Test
  void heartBeats_areNoMoreThanPolls() throws IOException {
    var muster = new Muster(home);
    assertThat(muster.run("size", "--vms", "1", "--interval", "2m", "--json")).isZero();
    assertThat(rows(new ObjectMapper().readTree(muster.out()), "vm_states")).isEqualTo(720);
  }

  @Test
  void inventoryOfTheControlApi_isCountedServerByServer_withoutWhatIsDisabled() throws IOException {
    try (var api = new StandIn()) {
      api.on("GET /servers", 200, page(SERVERS))
          .on("GET /nodes", 200, page("{\"serverId\":\"1\"},{\"serverId\":\"3\"}"))
          .on(
              "GET /vms",
              200,
              page(
                  "{\"serverId\":\"1\",\"type\":\"qemu\"},{\"serverId\":\"2\",\"type\":\"pod\"},{\"serverId\":\"2\",\"type\":\"deployment\"},{\"serverId\":\"3\",\"type\":\"qemu\"}"));
      var muster = new Muster(home).with("MUSTER_URL", api.url()).with("MUSTER_TOKEN", "mst_1");
      assertThat(muster.run("size")).as(muster.err()).isZero();
      assertThat(muster.out())
          .contains("kubernetes: 1 server, 0 nodes, 1 VM, every 30 s")
          .contains("proxmox: 1 server, 1 node, 1 VM, every 5 s")
          .containsPattern("vm_metrics +20,160 ")
          .containsPattern("vm_states +4,320 ");
    }
  }

  @Test
  void nonsense_endsWith2() {
    var muster = new Muster(home);
    assertThat(muster.run("size", "--vms", "-1")).isEqualTo(2);
    assertThat(muster.run("size", "--vms", "1", "--days", "0")).isEqualTo(2);
    assertThat(muster.run("size", "--vms", "1", "--provider", "vmware")).isEqualTo(2);
    assertThat(muster.run("size", "--provider", "proxmox")).isEqualTo(2);
    assertThat(muster.err()).contains("How many?");
  }

  private static long sum(JsonNode json, String field) {
    return json.path("tables").valueStream().mapToLong(one -> one.path(field).asLong()).sum();
  }

  private static long rows(JsonNode json, String table) {
    return json.path("tables")
        .valueStream()
        .filter(one -> one.path("table").asText().equals(table))
        .findFirst()
        .orElseThrow()
        .path("rowsPerDay")
        .asLong();
  }

  private static String page(String items) {
    return "{\"items\":[" + items + "],\"page\":0,\"size\":1000,\"total\":1}";
  }

  private static final String SERVERS =
      """
      {"id":"1","provider":"proxmox","enabled":true,"intervalSeconds":5},
      {"id":"2","provider":"kubernetes","enabled":true,"intervalSeconds":null},
      {"id":"3","provider":"proxmox","enabled":false,"intervalSeconds":null}
      """;
}
