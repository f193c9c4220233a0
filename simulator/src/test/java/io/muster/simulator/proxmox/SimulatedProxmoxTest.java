package io.muster.simulator.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.simulator.tls.KeyKind;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes, certificates and addresses of the whole. */
class SimulatedProxmoxTest {
  private static ProxmoxSettings.Builder small(int nodes) {
    return ProxmoxSettings.forTests("9.2", nodes)
        .guests(4)
        .tune(world -> world.bootTime(Duration.ZERO));
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
  void everyNode_hasAnAddressOfItsOwnAndTheSamePort() throws IOException {
    try (SimulatedProxmox cluster = SimulatedProxmox.start(small(3).build())) {
      assumeTrue(cluster.urls().size() > 1, "Not run: this system has 127.0.0.1 only");

      assertThat(cluster.urls().stream().map(URI::getHost).distinct()).hasSize(3);
      assertThat(cluster.urls().stream().map(URI::getPort).distinct()).hasSize(1);
      for (String node : cluster.nodes()) {
        assertThat(get(cluster, node, "/version").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void oneAddress_standsForAllNodes() throws IOException {
    try (SimulatedProxmox cluster =
        SimulatedProxmox.start(small(2).addresses(List.of("127.0.0.1", "192.0.2.77")).build())) {
      assertThat(cluster.urls()).hasSize(1);
      assertThat(get(cluster, "pve1", "/nodes/pve2/status").status()).isEqualTo(200);
      assertThatThrownBy(() -> cluster.url("pve2"))
          .hasMessageContaining("'pve2' has no address of its own");
    }
  }

  @Test
  void callForAnotherNode_isForwardedAndShowsIt() throws IOException {
    try (SimulatedProxmox cluster = SimulatedProxmox.start(small(2).build())) {
      assertThat(get(cluster, "pve1", "/nodes/pve2/status").header("Connection"))
          .containsExactly("close", "Keep-Alive");
      assertThat(get(cluster, "pve1", "/nodes/pve1/status").header("Connection"))
          .containsExactly("Keep-Alive");
    }
  }

  @Test
  void stoppedNode_refusesAndItsPeersSay595() throws IOException {
    try (SimulatedProxmox cluster = SimulatedProxmox.start(small(2).build())) {
      assumeTrue(cluster.urls().size() > 1, "Not run: this system has 127.0.0.1 only");
      URI before = cluster.url("pve2");
      try (WireClient open = WireClient.connect(cluster, "pve2")) {
        cluster.stopNode("pve2");

        assertThat(open.isClosedByServer()).isTrue();
      }
      assertThatThrownBy(() -> WireClient.connect(cluster, "pve2"))
          .hasMessageContaining("Connection refused");
      WireAnswer peer = get(cluster, "pve1", "/nodes/pve2/status");
      assertThat(peer.status()).isEqualTo(595);
      assertThat(peer.reason()).isEqualTo("Connection refused");
      assertThat(peer.body()).isEmpty();

      cluster.startNode("pve2");

      awaitAnswer(cluster, "pve2");
      assertThat(cluster.url("pve2")).isEqualTo(before);
    }
  }

  @Test
  void certificate_isOfTheClustersAuthorityAndItsFingerprintIsTold() throws IOException {
    try (SimulatedProxmox cluster = SimulatedProxmox.start(small(1).build())) {
      JsonNode node = get(cluster, "pve1", "/nodes").data().path(0);
      JsonNode files = get(cluster, "pve1", "/nodes/pve1/certificates/info").data();

      assertThat(node.path("ssl_fingerprint").asText()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
      assertThat(files.findValuesAsText("fingerprint"))
          .contains(node.path("ssl_fingerprint").asText());
      assertThat(files.findValuesAsText("issuer"))
          .allMatch(issuer -> issuer.contains("O=PVE Cluster Manager CA"));
      assertThat(files.path(1).path("san").toString()).contains("localhost", "pve1", "127.0.0.1");
    }
  }

  @Test
  void dataFolder_keepsCertificatesAndTokens(@TempDir Path folder) throws IOException {
    ProxmoxSettings settings = small(1).dataFolder(folder).keys(KeyKind.RSA_2048).build();
    String authority;
    String secret;
    String fingerprint;
    try (SimulatedProxmox first = SimulatedProxmox.start(settings)) {
      authority = first.authorityPem();
      secret = first.readerToken().secret();
      fingerprint = get(first, "pve1", "/nodes").data().path(0).path("ssl_fingerprint").asText();
    }
    try (SimulatedProxmox second = SimulatedProxmox.start(settings)) {
      assertThat(second.authorityPem()).isEqualTo(authority);
      assertThat(second.readerToken().secret()).isEqualTo(secret);
      assertThat(get(second, "pve1", "/nodes").data().path(0).path("ssl_fingerprint").asText())
          .isEqualTo(fingerprint);
    }
  }

  private static void awaitAnswer(SimulatedProxmox cluster, String node) {
    Instant end = Instant.now().plusSeconds(15);
    while (true) {
      try {
        assertThat(get(cluster, node, "/version").status()).isEqualTo(200);
        return;
      } catch (IOException e) {
        assertThat(Instant.now()).as(node + " does not answer: " + e).isBefore(end);
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
  }
}
