package io.muster.simulator.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.simulator.Eventually;
import io.muster.simulator.proxmox.access.ApiToken;
import io.muster.simulator.proxmox.faults.FaultOrder;
import io.muster.simulator.proxmox.http.HttpSettings;
import io.muster.simulator.proxmox.world.WorldState.GuestState;
import io.muster.simulator.proxmox.world.model.TaskPace;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The faults that are of the cluster and not of its requests, as a client sees them. */
class ClusterFaultsTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  @SuppressWarnings("NullAway.Init")
  private SimulatedProxmox cluster;

  @BeforeEach
  void start() throws IOException {
    cluster = SimulatedProxmox.start(settings());
  }

  private ProxmoxSettings settings() {
    return ProxmoxSettings.forTests("9.2", 2)
        .guests(6)
        .dataFolder(folder)
        .tune(world -> world.taskPace(new TaskPace(0.02)))
        .http(
            HttpSettings.real()
                .withUnauthorizedDelay(Duration.ZERO)
                .withPeerTimeout(Duration.ofMillis(300)))
        .build();
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private long put(String fault) {
    return cluster.faults().add(FaultOrder.parse(fault, cluster.nodes()));
  }

  private WireAnswer get(String path) throws IOException {
    return get(cluster.readerToken(), path);
  }

  private WireAnswer get(ApiToken token, String path) throws IOException {
    return WireClient.once(cluster, "GET", "/api2/json" + path, token.authorization());
  }

  private String presented(String node) throws IOException, GeneralSecurityException {
    try (WireClient client = WireClient.connect(cluster, node)) {
      return client.fingerprint();
    }
  }

  private String stated(String node) throws IOException {
    for (JsonNode row : get("/nodes").data()) {
      if (row.path("node").asText().equals(node)) {
        return row.path("ssl_fingerprint").asText();
      }
    }
    throw new AssertionError("no " + node);
  }

  @Test
  void renewedCertificate_isStatedAndKept() throws IOException, GeneralSecurityException {
    String before = presented("pve2");
    String other = presented("pve1");
    assertThat(stated("pve2")).isEqualTo(before);

    put("certificate,node=pve2");

    String after = presented("pve2");
    assertThat(after).isNotEqualTo(before);
    assertThat(stated("pve2")).isEqualTo(after);
    assertThat(get("/nodes/pve2/certificates/info").data().findValuesAsText("fingerprint"))
        .contains(after);
    assertThat(presented("pve1")).isEqualTo(other).isEqualTo(stated("pve1"));
    cluster.close();
    cluster = SimulatedProxmox.start(settings());
    assertThat(presented("pve2")).isEqualTo(after);
  }

  @Test
  void certificateOfWhichTheClusterKnowsNothing_isPresentedAndNotStated()
      throws IOException, GeneralSecurityException {
    String before = presented("pve1");
    put("certificate,node=pve1,stated=false");

    assertThat(presented("pve1")).isNotEqualTo(before);
    assertThat(stated("pve1")).isEqualTo(before);
  }

  @Test
  void expiredToken_isRefusedUntilTheFaultEnds() throws IOException {
    long fault = put("token-expired");

    WireAnswer refused = get("/version");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.reason()).isEqualTo("Authentication failed!");
    assertThat(refused.body()).isEmpty();
    assertThat(get(cluster.actorToken(), "/version").status()).isEqualTo(200);
    cluster.faults().remove(fault);
    assertThat(get("/version").status()).isEqualTo(200);
  }

  @Test
  void otherToken_canExpireToo() throws IOException {
    put("token-expired,token=" + cluster.actorToken().id());

    assertThat(get(cluster.actorToken(), "/version").status()).isEqualTo(401);
    assertThat(get("/version").status()).isEqualTo(200);
    assertThatThrownBy(() -> put("token-expired,token=nobody@pve!x"))
        .hasMessage(
            "No token 'nobody@pve!x': there are muster-actions@pve!actions, muster@pve!agent");
  }

  @Test
  void lostPrivileges_leaveRowsOutAndRefuseCalls() throws IOException {
    long fault = put("privileges,keep=VM.Audit,Pool.Audit");

    assertThat(get("/access/permissions?path=/").data().path("/").properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder("VM.Audit", "Pool.Audit");
    assertThat(get("/cluster/resources").data().findValuesAsText("type"))
        .contains("pool", "node")
        .doesNotContain("storage", "network");
    assertThat(get("/cluster/resources?type=node").data().findValues("cpu")).isEmpty();
    assertThat(get("/cluster/metrics/export").status()).isEqualTo(403);
    assertThat(get(cluster.actorToken(), "/cluster/metrics/export").status()).isEqualTo(200);
    cluster.faults().remove(fault);
    assertThat(get("/cluster/metrics/export").status()).isEqualTo(200);
  }

  @Test
  void unknownPrivilege_isRefusedWithThoseThatExist() {
    assertThatThrownBy(() -> put("privileges,keep=VM.Audit,VM.Everything"))
        .hasMessageContaining("No privilege VM.Everything: there are")
        .hasMessageContaining("Sys.Audit");
    assertThat(cluster.faults().list()).isEmpty();
  }

  @Test
  void moving_letsGuestsMigrateByTasksUntilItEnds() throws IOException {
    Map<Integer, String> before = places();
    long fault = put("moving,every=1");

    Eventually.holds(() -> assertThat(places()).isNotEqualTo(before));
    assertThat(get("/cluster/tasks").data().findValuesAsText("type"))
        .containsAnyOf("qmigrate", "vzmigrate");
    cluster.faults().remove(fault);
    Eventually.holds(() ->
        assertThat(cluster.world().state().guests())
            .noneMatch(guest -> "migrate".equals(guest.lock())));
  }

  private Map<Integer, String> places() {
    return cluster.world().state().guests().stream()
        .collect(Collectors.toMap(GuestState::vmid, GuestState::node));
  }

  @Test
  void hungPeer_isLeftOutOfTheExportOfAll() throws IOException {
    put("hung,node=pve2");

    List<String> ids = get("/cluster/metrics/export").data().path("data").findValuesAsText("id");
    assertThat(ids).contains("node/pve1").doesNotContain("node/pve2");
    assertThat(get("/cluster/metrics/export?node-list=pve2").data().path("data")).isEmpty();
    assertThat(get("/cluster/metrics/export?local-only=1").data().path("data")).isNotEmpty();
  }
}
