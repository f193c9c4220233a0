package io.muster.agent.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.agent.provider.ProviderException;
import io.muster.protocol.Failure;
import io.muster.protocol.KubernetesServer;
import io.muster.protocol.TlsTrust;
import io.muster.simulator.kubernetes.KubernetesSettings;
import io.muster.simulator.kubernetes.SimulatedKubernetes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent in a pod: what the kubelet puts there is all that it needs. */
final class ServiceAccountTest {
  private static final int NODES = 2;

  private SimulatedKubernetes cluster;

  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void start() throws IOException {
    cluster = SimulatedKubernetes.start(KubernetesSettings.forTests(NODES, 10).build());
    Files.writeString(folder.resolve("ca.crt"), cluster.authorityPem());
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private void token(String token) throws IOException {
    Files.writeString(folder.resolve("token"), token + "\n");
  }

  private KubernetesProvider inPod(ServiceAccount account) {
    return new KubernetesProvider(
        new KubernetesServer(
            Clusters.entry(null),
            new KubernetesServer.Access.InCluster(),
            null,
            TlsTrust.system(),
            false),
        Map.of(),
        InstantSource.system(),
        account);
  }

  @Test
  void tokenAndAuthority_areThoseOfThePod_andTheTokenIsReadAnew() throws Exception {
    token(cluster.readerToken());
    try (KubernetesProvider provider =
        inPod(
            new ServiceAccount(
                folder, cluster.url().getHost(), String.valueOf(cluster.url().getPort())))) {
      assertThat(provider.poll(Clusters.tick()).nodes()).hasSize(NODES);

      token("expired");
      assertThatThrownBy(() -> provider.poll(Clusters.tick()))
          .isInstanceOfSatisfying(
              ProviderException.class,
              e -> assertThat(e.failure()).isEqualTo(Failure.UNAUTHORIZED));

      token(cluster.readerToken());
      assertThat(provider.poll(Clusters.tick()).nodes()).hasSize(NODES);
    }
  }

  @Test
  void outsideOfAPod_itSaysWhatIsMissing() {
    try (KubernetesProvider provider = inPod(new ServiceAccount(folder, null, null))) {
      assertThatThrownBy(() -> provider.poll(Clusters.tick()))
          .hasMessageContaining("runs in a pod with a service account");
    }
  }
}
