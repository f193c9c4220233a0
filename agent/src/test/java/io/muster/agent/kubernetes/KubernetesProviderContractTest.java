package io.muster.agent.kubernetes;

import io.muster.agent.provider.Changes;
import io.muster.agent.provider.NodeStatus;
import io.muster.agent.provider.Provider;
import io.muster.agent.provider.ProviderContract;
import io.muster.agent.provider.VmStatus;
import io.muster.simulator.kubernetes.KubernetesSettings;
import io.muster.simulator.kubernetes.SimulatedKubernetes;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

final class KubernetesProviderContractTest extends ProviderContract {
  private final Queue<Changes> seen = new ConcurrentLinkedQueue<>();
  private SimulatedKubernetes cluster;

  @BeforeEach
  void start() throws IOException {
    cluster = SimulatedKubernetes.start(KubernetesSettings.forTests(3, 12).build());
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Override
  protected Provider provider() {
    KubernetesProvider provider = Clusters.reader(cluster);
    provider.listen(seen::add);
    return provider;
  }

  @Override
  protected Provider withWrongCredential() {
    return Clusters.with(cluster, "nobody.s-token");
  }

  @Override
  protected Provider unreachable() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      return at(URI.create("https://127.0.0.1:" + free.getLocalPort()), cluster.authorityPem());
    }
  }

  @Override
  protected Provider at(URI address, String authorityPem) {
    return Clusters.provider(Clusters.server(address, "token", authorityPem, null));
  }

  @Override
  protected Provider withoutPrivileges() {
    return Clusters.with(cluster, cluster.namespacedToken());
  }

  @Override
  protected Provider byClock(InstantSource clock) {
    return new KubernetesProvider(
        Clusters.server(cluster.url(), cluster.readerToken(), cluster.authorityPem(), null),
        Map.of(),
        clock);
  }

  @Override
  protected void breakAPart() throws InterruptedException {
    String node = "node-2";
    cluster.world().silence(node);
    Clusters.until(
        node + " is not ready",
        () ->
            seen.stream()
                .flatMap(changes -> changes.nodes().stream())
                .anyMatch(
                    state -> state.node().equals(node) && state.status() == NodeStatus.NOT_READY));
  }

  @Override
  protected String deleteVm() throws InterruptedException {
    io.muster.simulator.kubernetes.model.Pod victim = cluster.world().pods().all(null).getFirst();
    String id = Ids.pod(victim.meta().namespace(), victim.meta().name());
    cluster.world().deletePod(victim.meta().namespace(), victim.meta().name(), true);
    Clusters.until(
        id + " is gone",
        () ->
            seen.stream()
                .flatMap(changes -> changes.vms().stream())
                .anyMatch(state -> state.vmId().equals(id) && state.status() == VmStatus.REMOVED));
    return id;
  }
}
