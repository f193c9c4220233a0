package io.muster.agent.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.agent.provider.CheckReport;
import io.muster.agent.provider.ConnectProxy;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Gap;
import io.muster.agent.provider.MemorySource;
import io.muster.agent.provider.NodeStatus;
import io.muster.agent.provider.ProviderException;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.VmSample;
import io.muster.agent.provider.VmState;
import io.muster.agent.provider.VmStatus;
import io.muster.agent.provider.VmType;
import io.muster.protocol.Failure;
import io.muster.protocol.Fingerprint;
import io.muster.protocol.KubernetesServer;
import io.muster.protocol.Secret;
import io.muster.protocol.TlsTrust;
import io.muster.simulator.kubernetes.KubernetesSettings;
import io.muster.simulator.kubernetes.SimulatedKubernetes;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A whole simulated cluster, read through its API. */
final class SimulatedClusterTest {
  private static final int NODES = 3;

  /** More than a page. */
  private static final int PODS = 620;

  private SimulatedKubernetes cluster;

  @BeforeEach
  void start() throws IOException {
    cluster = SimulatedKubernetes.start(KubernetesSettings.forTests(NODES, PODS).build());
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void poll_readsAllPages() throws Exception {
    try (KubernetesProvider provider = Clusters.reader(cluster)) {
      Snapshot snapshot = provider.poll(Clusters.tick());

      assertThat(snapshot.vms()).filteredOn(vm -> vm.type() == VmType.POD).hasSize(PODS);
      assertThat(snapshot.vms()).filteredOn(vm -> vm.type() == VmType.DEPLOYMENT).isNotEmpty();
      assertThat(snapshot.nodes())
          .hasSize(NODES)
          .allMatch(node -> node.status() == NodeStatus.READY)
          .allMatch(node -> "lab".equals(node.cluster()));
      long ended = snapshot.vms().stream().filter(vm -> vm.status() == VmStatus.SUCCEEDED).count();
      assertThat(snapshot.nodes().stream().mapToInt(node -> node.vmsTotal()).sum() + ended)
          .isEqualTo(PODS);
      assertThat(snapshot.nodesComplete()).isTrue();
      assertThat(snapshot.vmsComplete()).isTrue();
      assertThat(snapshot.nodesOnline()).isEqualTo(NODES);
      assertThat(snapshot.facts().version()).isEqualTo("1.36.2");
      assertThat(snapshot.facts().certificateSha256()).isNotNull();
      assertThat(snapshot.facts().missingPrivileges()).isEmpty();
      assertThat(provider.identity()).isNotNull();
    }
  }

  @Test
  void pollAfterTheFirst_makesThreeCalls() throws Exception {
    try (KubernetesProvider provider = Clusters.reader(cluster)) {
      provider.poll(Clusters.tick());
      provider.poll(Clusters.tick());

      assertThat(provider.poll(Clusters.tick()).apiCalls()).isEqualTo(3);
    }
  }

  @Test
  void podsOfDeployments_sayWhose() throws Exception {
    try (KubernetesProvider provider = Clusters.reader(cluster)) {
      Snapshot snapshot = provider.poll(Clusters.tick());

      assertThat(snapshot.vms())
          .filteredOn(vm -> vm.type() == VmType.POD)
          .filteredOn(vm -> vm.tags().stream().anyMatch(tag -> tag.startsWith("deployment=")))
          .isNotEmpty()
          .allSatisfy(pod ->
              assertThat(snapshot.vms())
                  .extracting(VmState::vmId)
                  .contains(
                      "deployment:"
                          + pod.group()
                          + ":"
                          + pod.tags().getFirst().substring("deployment=".length())));
    }
  }

  @Test
  void usage_isThatOfMetricsServer() throws Exception {
    try (KubernetesProvider provider = Clusters.reader(cluster)) {
      Snapshot snapshot = provider.poll(Clusters.tick());

      assertThat(snapshot.samples())
          .filteredOn(VmSample.class::isInstance)
          .map(VmSample.class::cast)
          .isNotEmpty()
          .allSatisfy(sample -> {
            assertThat(sample.memorySource()).isEqualTo(MemorySource.METRICS_SERVER);
            assertThat(sample.memoryUsedBytes()).isPositive();
            assertThat(sample.sampleSeconds()).isPositive();
            assertThat(sample.cpuUsageRatio() == null).isEqualTo(sample.cpuCores() == null);
          });
    }
  }

  @Test
  void accountOfANamespace_readsThatOneAndSaysThatNodesAreUnknown() throws Exception {
    String namespace = cluster.namespace();
    try (KubernetesProvider provider =
        Clusters.provider(
            Clusters.server(
                cluster.url(), cluster.namespacedToken(), cluster.authorityPem(), namespace))) {
      Snapshot snapshot = provider.poll(Clusters.tick());

      assertThat(snapshot.vms()).isNotEmpty().allMatch(vm -> namespace.equals(vm.group()));
      assertThat(snapshot.vmsComplete()).isTrue();
      assertThat(snapshot.nodes()).isEmpty();
      assertThat(snapshot.nodesComplete()).isFalse();
      assertThat(snapshot.gaps()).extracting(Gap::subject).containsExactly("nodes");
      assertThat(snapshot.samples()).isNotEmpty().allMatch(VmSample.class::isInstance);

      CheckReport report = provider.check(Deadline.after(Clusters.PATIENCE));
      assertThat(report.problems()).isEmpty();
    }
  }

  @Test
  void accountOfANamespace_withoutThatInItsEntry_isForbiddenAndToldWhy() throws Exception {
    try (KubernetesProvider provider = Clusters.with(cluster, cluster.namespacedToken())) {
      assertThatThrownBy(() -> provider.poll(Clusters.tick()))
          .isInstanceOfSatisfying(
              ProviderException.class, e -> assertThat(e.failure()).isEqualTo(Failure.FORBIDDEN));

      CheckReport report = provider.check(Deadline.after(Clusters.PATIENCE));
      assertThat(report.problems())
          .anyMatch(text -> text.contains("list and watch pods"))
          .anyMatch(text -> text.contains("list and watch nodes"));
      assertThat(report.notes()).anyMatch(text -> text.contains("`namespace`"));
    }
  }

  @Test
  void compaction_isFollowedByANewListThatRemovesNothing() throws Exception {
    try (KubernetesProvider provider = Clusters.reader(cluster)) {
      int before = provider.poll(Clusters.tick()).vms().size();
      cluster.compact();

      Snapshot after = provider.poll(Clusters.tick());
      assertThat(after.vms()).hasSize(before);
      assertThat(after.gaps()).isEmpty();
    }
  }

  @Test
  void proxyWithAPassword_isGoneThrough() throws Exception {
    try (ConnectProxy proxy = new ConnectProxy("agent:secret");
        KubernetesProvider provider = through(proxy.url("agent:secret"))) {
      assertThat(provider.poll(Clusters.tick()).vms()).isNotEmpty();
      assertThat(proxy.tunnels()).isNotEmpty();
    }
  }

  @Test
  void proxyThatWantsAPassword_isSaidToWantIt() throws Exception {
    try (ConnectProxy proxy = new ConnectProxy("agent:secret");
        KubernetesProvider provider = through(proxy.url(null))) {
      assertThatThrownBy(() -> provider.poll(Clusters.tick()))
          .hasMessageContaining("proxy")
          .isInstanceOfSatisfying(
              ProviderException.class, e -> assertThat(e.failure()).isEqualTo(Failure.UNREACHABLE));
    }
  }

  private KubernetesProvider through(URI proxy) {
    return Clusters.provider(
        new KubernetesServer(
            Clusters.entry(proxy),
            new KubernetesServer.Access.Token(cluster.url(), new Secret(cluster.readerToken())),
            null,
            new TlsTrust(true, List.of(), cluster.authorityPem()),
            false));
  }

  @Test
  void kubeConfig_isAllThatIsNeeded() throws Exception {
    try (KubernetesProvider provider =
        Clusters.provider(
            new KubernetesServer(
                Clusters.entry(null),
                new KubernetesServer.Access.KubeConfig(
                    new Secret(cluster.kubeConfig(cluster.readerToken())), null),
                null,
                TlsTrust.system(),
                false))) {
      assertThat(provider.poll(Clusters.tick()).vms()).isNotEmpty();
    }
  }

  @Test
  void pinnedCertificate_isTheOnlyOneTrusted() throws Exception {
    Fingerprint seen;
    try (KubernetesProvider provider = Clusters.reader(cluster)) {
      seen =
          Objects.requireNonNull(
              provider.poll(Clusters.tick()).facts().certificateSha256(), "certificate");
    }
    try (KubernetesProvider provider = pinned(seen)) {
      assertThat(provider.poll(Clusters.tick()).vms()).isNotEmpty();
    }
    try (KubernetesProvider provider = pinned(Fingerprint.ofDigest(new byte[32]))) {
      assertThatThrownBy(() -> provider.poll(Clusters.tick()))
          .hasMessageContaining(seen.value())
          .isInstanceOfSatisfying(
              ProviderException.class, e -> assertThat(e.failure()).isEqualTo(Failure.TLS));
    }
  }

  private KubernetesProvider pinned(Fingerprint fingerprint) {
    return Clusters.provider(
        new KubernetesServer(
            Clusters.entry(null),
            new KubernetesServer.Access.Token(cluster.url(), new Secret(cluster.readerToken())),
            null,
            new TlsTrust(true, List.of(fingerprint), null),
            false));
  }

  @Test
  void stoppedServer_isUnreachable() throws Exception {
    try (KubernetesProvider provider = Clusters.reader(cluster)) {
      provider.poll(Clusters.tick());
      cluster.close();

      assertThatThrownBy(() -> provider.poll(Clusters.tick()))
          .isInstanceOfSatisfying(
              ProviderException.class, e -> assertThat(e.failure()).isEqualTo(Failure.UNREACHABLE));
    }
  }
}
