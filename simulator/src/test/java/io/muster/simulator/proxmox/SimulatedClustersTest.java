package io.muster.simulator.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.simulator.proxmox.ClusterPlan.Share;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several clusters in one process. */
class SimulatedClustersTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path folder;

  private ClusterPlan plan(int clusters, int nodes, int guests) {
    return new ClusterPlan(clusters, nodes, guests, List.of(), 0, folder);
  }

  private static SimulatedClusters start(ClusterPlan plan) throws IOException {
    List<ProxmoxSettings> settings = new ArrayList<>();
    for (Share share : plan.shares()) {
      settings.add(
          ProxmoxSettings.forTests("9.2", share.nodes())
              .guests(share.guests())
              .addresses(share.addresses())
              .dataFolder(share.data())
              .tune(world -> world.clusterName(share.clusterName()).seed(share.seed()))
              .build());
    }
    return SimulatedClusters.start(settings);
  }

  private static WireAnswer get(SimulatedProxmox cluster, String node, String path)
      throws IOException {
    try (WireClient client = WireClient.connect(cluster, node)) {
      return client.request(
          "GET",
          "/api2/json" + path,
          List.of("Authorization: " + cluster.readerToken().authorization()),
          "");
    }
  }

  @Test
  void clusters_areClustersOfTheirOwn() throws IOException {
    try (SimulatedClusters clusters = start(plan(3, 7, 11))) {
      List<SimulatedProxmox> all = clusters.all();
      assertThat(all).extracting(cluster -> cluster.nodes().size()).containsExactly(3, 2, 2);
      assertThat(all)
          .extracting(cluster -> cluster.world().state().guests().size())
          .containsExactly(4, 4, 3);
      assertThat(all).extracting(SimulatedProxmox::authorityPem).doesNotHaveDuplicates();
      assertThat(all.stream().flatMap(cluster -> cluster.urls().stream()))
          .doesNotHaveDuplicates()
          .hasSizeGreaterThanOrEqualTo(3);
      for (int i = 0; i < all.size(); i++) {
        assertThat(get(all.get(i), "pve1", "/cluster/status").data().findValuesAsText("name"))
            .contains("muster-demo-" + (i + 1));
      }
      assertThat(clusters.verbs()).containsOnlyKeys("/clusters/1", "/clusters/2", "/clusters/3");
    }
  }

  @Test
  void aloneClusterIsAsEver() {
    assertThat(plan(1, 3, 24).shares())
        .singleElement()
        .satisfies(share -> {
          assertThat(share.clusterName()).isEqualTo("muster-demo");
          assertThat(share.seed()).isEqualTo(1);
          assertThat(share.data()).isEqualTo(folder);
          assertThat(share.addresses()).isEmpty();
        });
  }

  @Test
  void addresses_goOnInTheNextNet() throws IOException {
    try (SimulatedProxmox cluster =
        SimulatedProxmox.start(ProxmoxSettings.forTests("9.2", 251).guests(0).build())) {
      assertThat(get(cluster, "pve1", "/cluster/status").data().findValuesAsText("ip"))
          .containsAnyOf("127.0.11.1", "127.0.0.1");
    }
  }

  @Test
  void badTotals_areRefusedWithWhatIsAllowed() {
    assertThatThrownBy(() -> plan(4, 3, 0))
        .hasMessage("--clusters is a whole number from 1 to 3, not 4");
    assertThatThrownBy(() -> plan(1, 0, 0))
        .hasMessage("--nodes is a whole number from 1 to 1000, not 0");
    assertThatThrownBy(() -> new ClusterPlan(1, 2, 0, List.of("127.0.0.1"), 0, folder))
        .hasMessage("--addresses: 2 nodes need as many, not 1");
  }

  @Test
  @Tag("benchmark")
  void fiveHundredNodes_answerOnAddressesOfTheirOwn() throws IOException {
    for (String run : List.of("first start", "second start")) {
      long begun = System.nanoTime();
      try (SimulatedClusters clusters = start(plan(20, 500, 5_000))) {
        long started = System.nanoTime();
        int rows = 0;
        for (SimulatedProxmox cluster : clusters.all()) {
          for (String node : cluster.nodes()) {
            WireAnswer answer = get(cluster, node, "/cluster/metrics/export?local-only=1");
            assertThat(answer.status()).isEqualTo(200);
            rows += answer.data().path("data").size();
          }
        }
        System.out.printf(
            "FIGURE %s of 500 nodes in 20 clusters: %d ms; then the export of each, each on a new connection: %d ms, %d rows%n",
            run, (started - begun) / 1_000_000, (System.nanoTime() - started) / 1_000_000, rows);
      }
    }
  }
}
