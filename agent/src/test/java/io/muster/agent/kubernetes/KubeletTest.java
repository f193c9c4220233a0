package io.muster.agent.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.muster.agent.provider.Gap;
import io.muster.agent.provider.MemorySource;
import io.muster.agent.provider.NodeSample;
import io.muster.agent.provider.RawServer;
import io.muster.agent.provider.Sample;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.VmSample;
import io.muster.protocol.KubernetesServer;
import io.muster.protocol.Secret;
import io.muster.protocol.TlsTrust;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cluster without metrics-server whose one node has a kubelet that answers, or doesn't. */
final class KubeletTest {
  private final CountDownLatch end = new CountDownLatch(1);
  private volatile boolean isWell = true;
  private volatile int round;
  private RawServer server;

  @BeforeEach
  void start() throws Exception {
    server = new RawServer(this::answer);
  }

  @AfterEach
  void stop() throws Exception {
    end.countDown();
    server.close();
  }

  @Test
  void kubelet_givesDiskNetworkAndPressure() throws Exception {
    try (KubernetesProvider provider = provider(true)) {
      provider.poll(Clusters.tick());
      round = 1;
      Snapshot snapshot = provider.poll(Clusters.tick());

      NodeSample node = only(NodeSample.class, snapshot);
      assertThat(node.cpuUsageRatio()).isEqualTo(0.25);
      assertThat(node.memoryUsedBytes()).isEqualTo(2_000_000_000L);
      assertThat(node.diskUsedBytes()).isEqualTo(30);
      assertThat(node.diskTotalBytes()).isEqualTo(100);
      assertThat(node.networkReceiveBytesPerSecond()).isEqualTo(100);
      assertThat(node.networkTransmitBytesPerSecond()).isEqualTo(50);
      assertThat(node.pressureCpuRatio()).isEqualTo(0.125);
      assertThat(node.pressureIoRatio()).isNull();
      VmSample pod = only(VmSample.class, snapshot);
      assertThat(pod.vmId()).isEqualTo("pod:shop:web");
      assertThat(pod.memorySource()).isEqualTo(MemorySource.KUBELET);
      assertThat(pod.cpuUsageRatio()).isEqualTo(0.5);
      assertThat(pod.diskUsedBytes()).isEqualTo(7);
      assertThat(pod.networkReceiveBytesPerSecond()).isEqualTo(10);
    }
  }

  @Test
  void kubeletThatDoesNotAnswer_isAGap_andWhatIsDeclaredStands() throws Exception {
    isWell = false;
    try (KubernetesProvider provider = provider(true)) {
      Snapshot snapshot = provider.poll(Clusters.tick());

      assertThat(snapshot.gaps()).extracting(Gap::subject).contains("kubelet of node a");
      VmSample pod = only(VmSample.class, snapshot);
      assertThat(pod.memorySource()).isEqualTo(MemorySource.REQUESTS);
      assertThat(pod.memoryUsedBytes()).isNull();
      assertThat(pod.memoryTotalBytes()).isEqualTo(256L << 20);
      assertThat(pod.cpuCores()).isEqualTo(0.5);
    }
  }

  @Test
  void kubelet_isNotAskedUnlessTheEntrySaysSo() throws Exception {
    try (KubernetesProvider provider = provider(false)) {
      Snapshot snapshot = provider.poll(Clusters.tick());

      assertThat(server.paths()).noneMatch(path -> path.startsWith("/stats"));
      assertThat(server.paths()).noneMatch(path -> path.contains("/proxy"));
      NodeSample node = only(NodeSample.class, snapshot);
      assertThat(node.memoryUsedBytes()).isNull();
      assertThat(node.cpuCores()).isEqualTo(4);
      assertThat(node.vcpusAllocated()).isEqualTo(0.25);
    }
  }

  private static <T extends Sample> T only(Class<T> kind, Snapshot snapshot) {
    List<T> all = snapshot.samples().stream().filter(kind::isInstance).map(kind::cast).toList();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private KubernetesProvider provider(boolean kubelet) {
    return Clusters.provider(
        new KubernetesServer(
            Clusters.entry(null),
            new KubernetesServer.Access.Token(server.url(), new Secret("token")),
            null,
            new TlsTrust(true, List.of(), server.authorityPem()),
            kubelet));
  }

  private void answer(String path, OutputStream out) throws Exception {
    if (path.contains("watch=1")) {
      out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n\n".getBytes(UTF_8));
      out.flush();
      end.await();
    } else if (path.equals("/version")) {
      RawServer.json(out, "200 OK", "{\"gitVersion\": \"v1.36.2\"}");
    } else if (path.startsWith("/api/v1/nodes?")) {
      RawServer.json(
          out,
          "200 OK",
          """
          {"metadata": {"resourceVersion": "1"}, "items": [{"metadata": {"name": "a"},
            "status": {"capacity": {"cpu": "4", "memory": "8Gi"},
              "conditions": [{"type": "Ready", "status": "True"}],
              "addresses": [{"type": "InternalIP", "address": "127.0.0.1"}],
              "daemonEndpoints": {"kubeletEndpoint": {"Port": %d}}}}]}
          """
              .formatted(server.url().getPort()));
    } else if (path.startsWith("/api/v1/pods?")) {
      RawServer.json(
          out,
          "200 OK",
          """
          {"metadata": {"resourceVersion": "1"}, "items": [
            {"metadata": {"name": "web", "namespace": "shop"},
             "spec": {"nodeName": "a", "containers": [{"resources": {
                "limits": {"cpu": "500m", "memory": "256Mi"},
                "requests": {"cpu": "250m", "memory": "128Mi"}}}]},
             "status": {"phase": "Running", "startTime": "2026-03-02T09:00:00Z"}}]}
          """);
    } else if (path.equals("/stats/summary") && isWell) {
      RawServer.json(out, "200 OK", summary());
    } else if (path.startsWith("/stats") || path.startsWith("/apis/metrics")) {
      RawServer.json(out, "404 Not Found", "{\"message\": \"not here\"}");
    } else {
      RawServer.json(out, "200 OK", "{\"metadata\": {\"resourceVersion\": \"1\"}, \"items\": []}");
    }
  }

  /** Ten seconds between two rounds. */
  private String summary() {
    return """
    {"node": {"nodeName": "a",
       "cpu": {"time": "2026-03-02T10:00:%1$d0Z", "usageNanoCores": 1000000000,
          "psi": {"some": {"avg10": 12.5}, "full": {"avg10": 1}}},
       "memory": {"workingSetBytes": 2000000000},
       "network": {"rxBytes": 1%1$d000, "txBytes": %2$d},
       "fs": {"usedBytes": 30, "capacityBytes": 100}},
     "pods": [{"podRef": {"name": "web", "namespace": "shop", "uid": "u"},
       "cpu": {"time": "2026-03-02T10:00:%1$d0Z", "usageNanoCores": 250000000},
       "memory": {"workingSetBytes": 100000000},
       "network": {"rxBytes": %3$d, "txBytes": 5},
       "ephemeral-storage": {"usedBytes": 7, "capacityBytes": 100}}]}
    """
        .formatted(round, 500 * (round + 1), 100 * (round + 1));
  }
}
