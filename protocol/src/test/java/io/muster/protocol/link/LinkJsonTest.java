package io.muster.protocol.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.muster.protocol.Failure;
import io.muster.protocol.Fingerprint;
import io.muster.protocol.KubernetesServer;
import io.muster.protocol.Maintenance;
import io.muster.protocol.OpenStackServer;
import io.muster.protocol.ProxmoxServer;
import io.muster.protocol.ProxmoxToken;
import io.muster.protocol.Secret;
import io.muster.protocol.Server;
import io.muster.protocol.ServerEntry;
import io.muster.protocol.ServerId;
import io.muster.protocol.TlsTrust;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class LinkJsonTest {
  private static final String PLANTED = "planted-secret-71c2";
  private static final ServerId ID = new ServerId(UUID.randomUUID());
  private static final ServerEntry ENTRY =
      new ServerEntry(
          ID,
          "pve 1",
          true,
          Duration.ofSeconds(30),
          "vpn",
          List.of("prod", "eu"),
          URI.create("http://u:" + PLANTED + "@proxy:3128"));
  private static final Server PROXMOX =
      new ProxmoxServer(
          ENTRY,
          List.of(URI.create("https://pve1:8006"), URI.create("https://[2001:db8::1]:8006")),
          Map.of("pve2", URI.create("https://10.0.0.2:8006")),
          new ProxmoxToken("muster@pve!monitor", new Secret(PLANTED)),
          new ProxmoxToken("muster@pve!act", new Secret(PLANTED + "2")),
          new TlsTrust(true, List.of(Fingerprint.ofDigest(new byte[32])), null));

  private static List<Server> servers() {
    TlsTrust open = new TlsTrust(false, List.of(), null);
    return List.of(
        PROXMOX,
        new KubernetesServer(
            ENTRY,
            new KubernetesServer.Access.KubeConfig(new Secret("{" + PLANTED + "\n}"), "admin"),
            "shop",
            open,
            true),
        new KubernetesServer(
            ENTRY, new KubernetesServer.Access.InCluster(), null, TlsTrust.system(), false),
        new KubernetesServer(
            ENTRY,
            new KubernetesServer.Access.Token(URI.create("https://k:6443"), new Secret(PLANTED)),
            null,
            open,
            false),
        new OpenStackServer(
            ENTRY,
            URI.create("https://cloud:5000/v3"),
            "RegionOne",
            new OpenStackServer.Credential.Application("app", new Secret(PLANTED)),
            open),
        new OpenStackServer(
            ENTRY,
            URI.create("http://cloud:5000/v3"),
            "RegionOne",
            new OpenStackServer.Credential.Password(
                "demo", new Secret(PLANTED), "Default", "project", "Default"),
            open));
  }

  @Test
  void everyServer_arrivesAsItWasSent() throws Exception {
    Maintenance maintenance =
        new Maintenance(null, Instant.parse("2027-01-01T00:00:00Z"), "new disks");
    List<InventoryItem> items =
        servers().stream().map(server -> InventoryItem.of(server, List.of(maintenance))).toList();

    ControlMessage.Inventory arrived =
        (ControlMessage.Inventory)
            LinkJson.readControl(LinkJson.write(new ControlMessage.Inventory(7, 1, 1, items)));

    assertThat(arrived.servers().stream().map(item -> item.server().read()).toList())
        .isEqualTo(servers());
    assertThat(arrived.servers())
        .allSatisfy(item -> assertThat(item.maintenance()).containsExactly(maintenance));
  }

  @Test
  void messagesAndServers_neverPrintASecret() {
    for (Server server : servers()) {
      ServerDocument document = ServerDocument.of(server);
      assertThat(
              List.of(
                  document,
                  new ControlMessage.Check(UUID.randomUUID(), document, 5),
                  new ControlMessage.Inventory(
                      1, 1, 1, List.of(new InventoryItem(document, List.of())))))
          .allSatisfy(
              said -> assertThat(said.toString()).doesNotContain(PLANTED).contains("pve 1"));
    }
  }

  @Test
  void everyMessageOfAnAgent_arrivesAsItWasSent() throws Exception {
    CheckAnswer.Certificate certificate =
        new CheckAnswer.Certificate("CN=a", "CN=b", "AA:BB", Instant.EPOCH, false);
    List<AgentMessage> messages =
        List.of(
            new AgentMessage.Hello(
                1, UUID.randomUUID(), UUID.randomUUID(), "1.2", "berlin", Instant.now()),
            new AgentMessage.Heartbeat(3, 12.5, 7, 4096),
            new AgentMessage.InventoryTaken(5, List.of("a problem")),
            new AgentMessage.InventoryWanted(),
            new AgentMessage.ServerStatuses(
                List.of(
                    new ServerStatusChange(
                        ID,
                        ServerStatusChange.Connection.OFFLINE,
                        Instant.now(),
                        Failure.TLS,
                        "no",
                        "open",
                        null,
                        9000L,
                        null,
                        0.5,
                        null,
                        null))),
            new AgentMessage.VmStatuses(
                List.of(
                    new VmStatusChange(
                        ID,
                        "qemu:101",
                        "web",
                        null,
                        "running",
                        Instant.now(),
                        "shop",
                        List.of("web")))),
            new AgentMessage.Checked(
                UUID.randomUUID(), CheckAnswer.failed(Failure.TLS, "no", List.of(certificate))),
            new AgentMessage.NotUnderstood("dance"));

    for (AgentMessage message : messages) {
      assertThat(LinkJson.readAgent(LinkJson.write(message))).isEqualTo(message);
    }
  }

  @Test
  void vmChangeOfAnAgentThatTellsNoGroup_isRead() throws Exception {
    AgentMessage read =
        LinkJson.readAgent(
            """
            {"type": "vm-statuses", "changes": [{"server": "%s", "vm": "qemu:101",
             "status": "running", "at": "2027-03-01T12:30:00Z"}]}
            """
                .formatted(ID));

    VmStatusChange change = ((AgentMessage.VmStatuses) read).changes().getFirst();
    assertThat(change.group()).isNull();
    assertThat(change.tags()).isEmpty();
  }

  @Test
  void unknownFields_areIgnored() throws Exception {
    assertThat(LinkJson.readControl("{\"type\":\"heartbeat\",\"mood\":{\"x\":[1]}}"))
        .isEqualTo(new ControlMessage.Heartbeat());
  }

  @Test
  void unknownMessage_isRefusedByItsName() {
    assertThatThrownBy(() -> LinkJson.readControl("{\"type\":\"dance\",\"steps\":3}"))
        .asInstanceOf(type(LinkMessageException.class))
        .satisfies(e -> assertThat(e.unknownType()).isEqualTo("dance"))
        .satisfies(e -> assertThat(e).hasMessageContaining("'dance'"));
  }

  @Test
  void whatIsNoMessage_isToldWithItsPlaceAndWithoutItsContent() {
    for (String text :
        List.of(
            PLANTED,
            "{\"type\":\"" + PLANTED + " \"}",
            "{\"" + PLANTED + "\":1}",
            "[]",
            "null",
            "{\"type\":\"hello\",\"agent\":\"" + PLANTED + "\"}",
            "{\"type\":\"inventory\",\"revision\":\"" + PLANTED + "\"}",
            "{\"type\":\"check\",\"id\":\"00000000-0000-0000-0000-000000000000\",\"server\":\""
                + PLANTED
                + "\"}")) {
      assertThatThrownBy(() -> LinkJson.readControl(text))
          .as(text)
          .isInstanceOf(LinkMessageException.class)
          .hasMessageNotContaining(PLANTED)
          .hasNoCause();
      assertThatThrownBy(() -> LinkJson.readAgent(text)).isInstanceOf(LinkMessageException.class);
    }
  }

  @Test
  void serverThatCantBeRead_isToldWithItsKeyAndWithoutItsSecrets() throws Exception {
    String text =
        LinkJson.write(new ControlMessage.Check(UUID.randomUUID(), ServerDocument.of(PROXMOX), 1));
    for (String broken :
        List.of(
            text.replace("\"proxmox\"", "\"mainframe\""),
            text.replace("http://u:", "ftp://u:"),
            text.replace("\"tokenSecret\":\"" + PLANTED + "\"", "\"tokenSecret\":\" \""),
            text.replace("\"tokenId\"", "\"tokenNumber\""),
            text.replace("https://pve1:8006", "http://u:" + PLANTED + "@pve1:8006"))) {
      ControlMessage.Check check = (ControlMessage.Check) LinkJson.readControl(broken);
      assertThat(broken).isNotEqualTo(text);
      assertThat(check.server().id()).isEqualTo(ID);
      assertThatThrownBy(() -> check.server().read())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining(PLANTED);
    }
  }

  @Test
  void controlApi_servesItsOwnVersionAndTheOneBefore() {
    assertThat(LinkProtocol.serves(3, 3)).isTrue();
    assertThat(LinkProtocol.serves(3, 2)).isTrue();
    assertThat(LinkProtocol.serves(3, 1)).isFalse();
    assertThat(LinkProtocol.serves(3, 4)).isFalse();
    assertThat(LinkProtocol.serves(1, 0)).isFalse();
  }
}
