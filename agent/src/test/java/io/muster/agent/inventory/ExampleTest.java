package io.muster.agent.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.protocol.KubernetesServer;
import io.muster.protocol.OpenStackServer;
import io.muster.protocol.ProviderKind;
import io.muster.protocol.ProxmoxServer;
import io.muster.protocol.Server;
import io.muster.protocol.inventory.EntrySchema;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example at the root of the repository is a working one. */
class ExampleTest {
  private static final Path EXAMPLE = Path.of("..", "infrastructure_config.example.json");

  @TempDir Path temporary;
  private List<Server> servers = List.of();

  @BeforeEach
  void readExample() throws IOException {
    servers =
        new TestFolder(temporary)
            .write(TestFolder.FILE, Files.readString(EXAMPLE))
            .write("pve-root-ca.pem", Pem.CERTIFICATE)
            .write("secrets/k8s-edge-ca.pem", Pem.CERTIFICATE)
            .write("secrets/pve-monitor", "11111111-2222-4333-8444-555555555555\n")
            .write("secrets/kubeconfig.yaml", "apiVersion: v1\nkind: Config\n")
            .write("secrets/openstack-frankfurt", "cloud-secret\n")
            .with("PVE_ACTION_SECRET", "action-secret")
            .with("PVE_LAB_SECRET", "lab-secret")
            .with("K8S_EDGE_TOKEN", "edge-token")
            .with("OS_PASSWORD", "os-password")
            .servers();
  }

  @Test
  void example_hasEntryOfEachPlatform() {
    assertThat(servers).extracting(Server::kind).contains(ProviderKind.values());
    assertThat(servers)
        .extracting(server -> server.entry().name())
        .containsExactly(
            "pve-cluster",
            "pve-lab",
            "k8s-production",
            "k8s-edge",
            "k8s-here",
            "cloud-frankfurt",
            "cloud-lab");
  }

  @Test
  void example_readsProxmoxClusterWithBothTokens() {
    ProxmoxServer cluster = (ProxmoxServer) servers.getFirst();
    assertThat(cluster.urls())
        .containsExactly(
            URI.create("https://pve-1.example.org:8006"),
            URI.create("https://pve-2.example.org:8006"));
    assertThat(cluster.nodeAddresses())
        .containsExactlyEntriesOf(Map.of("pve-3", URI.create("https://192.0.2.13:8006")));
    assertThat(cluster.token().secret().reveal()).isEqualTo("11111111-2222-4333-8444-555555555555");
    assertThat(cluster.actionToken())
        .isNotNull()
        .extracting(token -> token.secret().reveal())
        .isEqualTo("action-secret");
    assertThat(cluster.tls().caCertificate()).isEqualTo(Pem.CERTIFICATE.strip());
    assertThat(cluster.entry().tags()).containsExactly("production", "berlin");
  }

  @Test
  void example_readsOtherPlatformsCredentials() {
    assertThat(((ProxmoxServer) servers.get(1)).urls())
        .containsExactly(URI.create("https://[2001:db8::15]:8006"));
    assertThat(((KubernetesServer) servers.get(2)).access())
        .isInstanceOfSatisfying(
            KubernetesServer.Access.KubeConfig.class,
            access -> {
              assertThat(access.text().reveal()).startsWith("apiVersion: v1");
              assertThat(access.context()).isEqualTo("production");
            });
    assertThat(((KubernetesServer) servers.get(3)).access())
        .isInstanceOfSatisfying(
            KubernetesServer.Access.Token.class,
            access -> assertThat(access.token().reveal()).isEqualTo("edge-token"));
    assertThat(((KubernetesServer) servers.get(4)).access())
        .isInstanceOf(KubernetesServer.Access.InCluster.class);
    assertThat(((OpenStackServer) servers.get(5)).credential())
        .isInstanceOfSatisfying(
            OpenStackServer.Credential.Application.class,
            credential -> assertThat(credential.secret().reveal()).isEqualTo("cloud-secret"));
    assertThat(((OpenStackServer) servers.get(6)).credential())
        .isInstanceOfSatisfying(
            OpenStackServer.Credential.Password.class,
            credential -> assertThat(credential.password().reveal()).isEqualTo("os-password"));
  }

  @Test
  void servers_neverPrintSecrets() {
    assertThat(servers.toString())
        .doesNotContain(
            "11111111-2222-4333-8444-555555555555",
            "action-secret",
            "lab-secret",
            "edge-token",
            "os-password",
            "cloud-secret",
            "apiVersion");
  }

  @Test
  void exampleAndSchema_nameEachOther() throws IOException {
    JsonNode example = new ObjectMapper().readTree(EXAMPLE.toFile());
    Path schema = EXAMPLE.resolveSibling(example.path("$schema").asText());
    assertThat(Files.readString(schema)).contains("\"title\": \"Muster inventory\"");
    Set<String> keys = new TreeSet<>();
    for (JsonNode server : example.path("servers")) {
      server.fieldNames().forEachRemaining(keys::add);
    }
    List<String> missing = new ArrayList<>();
    for (ProviderKind kind : ProviderKind.values()) {
      missing.addAll(EntrySchema.published().keys(kind));
    }
    missing.removeAll(keys);
    assertThat(new TreeSet<>(missing))
        .as("keys that the example doesn't show: one way out of several, or the older spelling")
        .containsExactly("allowInsecure", "kubeConfig", "site", "type", "verifyTls");
  }
}
