package io.muster.agent.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.muster.agent.provider.ClusterSample;
import io.muster.agent.provider.ConnectProxy;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.ProviderException;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.Tick;
import io.muster.agent.provider.VmSample;
import io.muster.protocol.Failure;
import io.muster.protocol.ProxmoxServer;
import io.muster.protocol.ServerEntry;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the simulated cluster does not have: proxies, Ceph, releases without the export. */
final class ScriptedClusterTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Enough polls for everything of the rota to have had its first turn. */
  private static final int FIRST_ROUND = 12;

  /** In the shape of {@code /cluster/ceph/status}, without its maps. */
  private static final String CEPH =
      """
      {"data":{"fsid":"6a1c2f60-0000-4000-8000-00000000beef","election_epoch":42,
      "quorum":[0,1],"quorum_names":["pve1","pve2"],"quorum_age":86400,
      "health":{"status":"HEALTH_WARN","mutes":[],"checks":{"OSD_NEARFULL":
      {"severity":"HEALTH_WARN","muted":false,"summary":{"count":1,"message":"1 nearfull osd(s)"}}}},
      "osdmap":{"epoch":77,"num_osds":4,"num_up_osds":4,"num_in_osds":4},
      "pgmap":{"num_pgs":129,"bytes_used":40000000000,"bytes_total":90000000000}}}\
      """;

  private final Queue<String> asked = new ConcurrentLinkedQueue<>();
  private final ScriptedServer server = ScriptedServer.byPath(this::answer);
  private Instant now = Instant.parse("2026-11-20T10:00:00Z");
  private @Nullable String exportStatus;

  ScriptedClusterTest() throws Exception {}

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private void answer(String path, OutputStream out) throws Exception {
    asked.add(path);
    if (path.equals("/cluster/ceph/status")) {
      ScriptedServer.json(out, "200 OK", CEPH);
    } else if (exportStatus != null && path.startsWith("/cluster/metrics/export")) {
      ScriptedServer.json(out, exportStatus, "{\"data\":null}");
    } else {
      ScriptedServer.json(out, "200 OK", ScriptedCluster.body(path, now));
    }
  }

  private ProxmoxProvider provider(@Nullable URI proxy) {
    ServerEntry plain = Servers.entry();
    ServerEntry entry =
        new ServerEntry(plain.id(), plain.name(), true, null, "direct", List.of(), proxy);
    ProxmoxServer to =
        new ProxmoxServer(
            entry,
            List.of(server.url()),
            Map.of(),
            Servers.token(),
            null,
            Servers.authority(server.authorityPem()));
    return new ProxmoxProvider(to, Map.of(), () -> now);
  }

  private List<Snapshot> polls(ProxmoxProvider provider, int count) throws Exception {
    List<Snapshot> snapshots = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      now = now.plusSeconds(10);
      snapshots.add(provider.poll(new Tick(now, Duration.ofSeconds(10), Deadline.after(PATIENCE))));
    }
    return snapshots;
  }

  @Test
  void everyConnection_goesThroughTheProxy() throws Exception {
    try (ConnectProxy proxy = new ConnectProxy(null);
        ProxmoxProvider provider = provider(proxy.url(null))) {
      polls(provider, 2);

      assertThat(proxy.tunnels())
          .hasSize(server.connections())
          .containsOnly("127.0.0.1:" + server.url().getPort());
    }
  }

  @Test
  void userAndPassword_openTheProxy() throws Exception {
    try (ConnectProxy proxy = new ConnectProxy("agent:open sesame");
        ProxmoxProvider provider = provider(proxy.url("agent:open%20sesame"))) {
      assertThat(polls(provider, 2).getLast().vms()).hasSize(1);
      assertThat(proxy.tunnels()).isNotEmpty();
    }
  }

  @Test
  void wrongPassword_isRefusedByTheProxyAndNotRepeated() throws Exception {
    try (ConnectProxy proxy = new ConnectProxy("agent:right");
        ProxmoxProvider provider = provider(proxy.url("agent:mistaken"))) {
      ProviderException failure =
          catchThrowableOfType(ProviderException.class, () -> polls(provider, 1));

      assertThat(failure.failure()).isEqualTo(Failure.UNREACHABLE);
      assertThat(failure).hasMessageContaining("407").hasMessageNotContaining("mistaken");
      assertThat(server.requests()).isZero();
    }
  }

  @Test
  void releaseWithoutTheExport_isSampledAtTheTickAndAskedAgainLater() throws Exception {
    exportStatus = "501 Method 'GET /cluster/metrics/export' not implemented";
    try (ProxmoxProvider provider = provider(null)) {
      List<Snapshot> seen = polls(provider, FIRST_ROUND);

      assertThat(seen)
          .allSatisfy(snapshot -> {
            assertThat(snapshot.gaps()).isEmpty();
            assertThat(snapshot.samples()).anyMatch(VmSample.class::isInstance);
          });
      assertThat(asked.stream().filter(path -> path.contains("/export")).count())
          .as("of the first poll alone")
          .isLessThanOrEqualTo(2);

      exportStatus = null;
      now = now.plus(ExportRound.RETRY);
      asked.clear();
      polls(provider, 1);
      assertThat(asked).anyMatch(path -> path.contains("/export"));
    }
  }

  @Test
  void healthOfCeph_isPartOfTheClustersSamples() throws Exception {
    try (ProxmoxProvider provider = provider(null)) {
      assertThat(
              polls(provider, FIRST_ROUND).stream()
                  .flatMap(snapshot -> snapshot.samples().stream())
                  .filter(ClusterSample.class::isInstance)
                  .map(sample -> ((ClusterSample) sample).cephHealth()))
          .last()
          .isEqualTo("HEALTH_WARN");
    }
  }

  @Test
  void tlsSessions_areResumedFromOnePollToTheNext() throws Exception {
    try (ProxmoxProvider provider = provider(null)) {
      polls(provider, 1);
      List<Instant> first = server.sessionsMade();
      Instant firstPollEnded = Instant.now();
      polls(provider, 2);

      List<Instant> later = server.sessionsMade().subList(first.size(), server.connections());
      assertThat(later)
          .isNotEmpty()
          .allSatisfy(made -> assertThat(made).isBeforeOrEqualTo(firstPollEnded));
    }
  }
}
