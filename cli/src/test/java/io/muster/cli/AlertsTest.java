package io.muster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits of alert rules, as people see them. */
class AlertsTest {
  private static final String ROUTE = "/alerts/thresholds";
  private static final String OF_PVE_1 =
      """
      {"rule":"node-cpu","serverId":"0d1f6a34-5b0e-4c7d-8a3e-2f9b6c1d7e50","server":"pve-1","tag":null,\
      "limit":80.0,"enabled":true,"unit":"percent","setAt":"2026-11-21T11:00:00Z"}\
      """;

  @TempDir Path home;
  private final StandIn api;

  AlertsTest() throws IOException {
    api = new StandIn();
  }

  @AfterEach
  void end() {
    api.close();
  }

  private Muster muster() {
    return new Muster(home).with("MUSTER_URL", api.url()).with("MUSTER_TOKEN", "mst_1");
  }

  @Test
  void list_saysOfWhatEachLimitIs_andWhatIsOff() {
    api.on(
        "GET " + ROUTE,
        200,
        """
        {"items":[{"rule":"questdb-size","limit":5.0E10,"enabled":false,"unit":"bytes","setAt":null},
        {"rule":"spool-growing","limit":5.0E10,"enabled":true,"unit":"bytes","setAt":null},%s],
        "page":0,"size":1000,"total":3}\
        """
            .formatted(OF_PVE_1));
    Muster muster = muster();
    assertThat(muster.run("alerts", "list", "--server", "pve-1")).isZero();
    assertThat(muster.out())
        .containsPattern("questdb-size +– +off +bytes")
        .containsPattern("spool-growing +– +50000000000 +bytes")
        .containsPattern("node-cpu +server pve-1 +80 +percent +60 min ago");
    assertThat(api.only("GET " + ROUTE).query()).contains("server=name:pve-1");
  }

  @Test
  void set_tellsRuleServerAndTag() {
    api.on("PUT " + ROUTE + "/node-cpu", 200, OF_PVE_1);
    Muster muster = muster();
    assertThat(muster.run("alerts", "set", "node-cpu", "80", "--server", "pve-1")).isZero();
    assertThat(muster.out()).isEqualTo("node-cpu of server pve-1 is 80 percent.\n");
    assertThat(api.only("PUT " + ROUTE + "/node-cpu").body())
        .isEqualTo("{\"enabled\":true,\"limit\":80.0}");
    assertThat(muster.run("alerts", "set", "node-cpu")).isEqualTo(2);
    assertThat(muster.run("alerts", "set", "node-cpu", "80", "--off")).isEqualTo(2);
    assertThat(muster.run("alerts", "set", "node-cpu", "much")).isEqualTo(2);
  }

  @Test
  void off_hasNoLimit_andUnsetTakesItBack() {
    api.on(
            "PUT " + ROUTE + "/vm-cpu",
            200,
            "{\"rule\":\"vm-cpu\",\"limit\":90,\"enabled\":false,\"unit\":\"percent\"}")
        .on("DELETE " + ROUTE + "/vm-cpu", 204, "");
    Muster muster = muster();
    assertThat(muster.run("alerts", "set", "vm-cpu", "--off", "--tag", "group=a b")).isZero();
    assertThat(muster.out()).isEqualTo("vm-cpu of tag group=a b is off.\n");
    assertThat(api.only("PUT " + ROUTE + "/vm-cpu").body()).isEqualTo("{\"enabled\":false}");
    assertThat(api.only("PUT " + ROUTE + "/vm-cpu").query()).isEqualTo("tag=group=a b");
    assertThat(muster.run("alerts", "unset", "vm-cpu", "--tag", "group=a b")).isZero();
    assertThat(muster.out()).isEqualTo("vm-cpu has no limit of its own for tag group=a b.\n");
    assertThat(muster.run("alerts", "unset", "vm-cpu")).isZero();
    assertThat(muster.out()).isEqualTo("vm-cpu is what Muster brings.\n");
  }

  @Test
  void refusal_isToldAsTheApiTellsIt() {
    api.on("PUT " + ROUTE + "/vm-cpu", 403, "{\"status\":403,\"detail\":\"Name a server.\"}");
    Muster muster = muster();
    assertThat(muster.run("alerts", "set", "vm-cpu", "90")).isEqualTo(1);
    assertThat(muster.err()).isEqualTo("muster: Name a server.\n");
  }
}
