package io.muster.control.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.muster.control.ControlRig;
import io.muster.control.Database;
import io.muster.control.OnBothDatabases;
import io.muster.control.caller.Role;
import io.muster.control.site.AgentTokenRevoked;
import io.muster.control.site.Sites;
import io.muster.control.site.TestSites;
import io.muster.protocol.Failure;
import io.muster.protocol.ProxmoxServer;
import io.muster.protocol.ProxmoxToken;
import io.muster.protocol.Secret;
import io.muster.protocol.Server;
import io.muster.protocol.ServerEntry;
import io.muster.protocol.ServerId;
import io.muster.protocol.TlsTrust;
import io.muster.protocol.link.AgentMessage;
import io.muster.protocol.link.CheckAnswer;
import io.muster.protocol.link.ControlMessage;
import io.muster.protocol.link.ControlMessage.Goodbye;
import io.muster.protocol.link.LinkProtocol;
import io.muster.protocol.link.ServerStatusChange;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The control API's end of the link, with an agent that says what it is told. */
@OnBothDatabases
final class LinkTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ControlRig rig;
  private final AgentRegistry registry;
  private final ControlRig.TestTenant tenant;
  private final String siteName = ControlRig.name("site");
  private final UUID site;
  private final String token;
  private final List<ScriptedAgent> agents = new ArrayList<>();

  LinkTest(Database database) {
    rig = ControlRig.on(database);
    registry = rig.bean(AgentRegistry.class);
    tenant = rig.tenant();
    site = tenant.site(siteName);
    token = tenant.agentToken(site);
  }

  @AfterEach
  void close() {
    agents.forEach(ScriptedAgent::close);
  }

  @Test
  void agent_isWelcomedAndToldItsInventoryAndThenWhatChanged() throws Exception {
    String first = add("pve-a");
    ScriptedAgent agent = welcomed();

    ControlMessage.Inventory whole = agent.next(ControlMessage.Inventory.class);
    assertThat(whole.parts()).isEqualTo(1);
    assertThat(whole.servers())
        .extracting(item -> item.server().name())
        .containsExactly("pve-a-" + siteName);
    Server read = whole.servers().getFirst().server().read();
    assertThat(read.entry().id()).hasToString(first);
    assertThat(((ProxmoxServer) read).token().secret().reveal()).isEqualTo(SECRET);

    String second = add("pve-b");
    ControlMessage.InventoryChange added = agent.next(ControlMessage.InventoryChange.class);
    assertThat(added.from()).isEqualTo(whole.revision());
    assertThat(added.changed())
        .extracting(item -> item.server().name())
        .containsExactly("pve-b-" + siteName);

    assertThat(tenant.admin().delete("/api/v1/servers/" + second).status()).isEqualTo(204);
    ControlMessage.InventoryChange removed = agent.next(ControlMessage.InventoryChange.class);
    assertThat(removed.from()).isEqualTo(added.revision());
    assertThat(removed.changed()).isEmpty();
    assertThat(removed.removed()).extracting(ServerId::toString).containsExactly(second);

    agent.say(new AgentMessage.InventoryWanted());
    assertThat(agent.next(ControlMessage.Inventory.class).servers()).hasSize(1);
  }

  @Test
  void connectedAgent_isListedUntilItIsGone() throws Exception {
    assertThat(registry.connected(site)).isFalse();
    ScriptedAgent agent = welcomed();
    agent.say(new AgentMessage.Heartbeat(7, 12.5, 0, 0));

    assertThat(registry.connected(site)).isTrue();
    until(() ->
        registry.list().stream().anyMatch(one -> one.site().equals(site) && one.servers() == 7));
    ConnectedAgent view =
        registry.list().stream().filter(one -> one.site().equals(site)).findFirst().orElseThrow();
    assertThat(view.version()).isEqualTo("1.2");
    assertThat(view.lagMs()).isEqualTo(12.5);
    assertThat(view.address()).isEqualTo("127.0.0.1");

    agent.close();
    until(() -> !registry.connected(site));
  }

  @Test
  void check_reachesTheAgentAndItsAnswerComesBack() throws Exception {
    ScriptedAgent agent = welcomed();
    agent.next(ControlMessage.Inventory.class);
    var asked = registry.check(site, server("pve-x"), PATIENCE).toCompletableFuture();

    ControlMessage.Check check = agent.next(ControlMessage.Check.class);
    assertThat(check.server().read()).isEqualTo(server("pve-x"));
    assertThat(check.deadlineMs()).isEqualTo(PATIENCE.toMillis());
    CheckAnswer answer =
        CheckAnswer.failed(
            Failure.TLS,
            "certificate refused",
            List.of(new CheckAnswer.Certificate("CN=a", "CN=b", "AA", Instant.EPOCH, false)));
    agent.say(new AgentMessage.Checked(check.id(), answer));

    assertThat(asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(answer);
  }

  @Test
  void check_thatIsNotAnsweredEndsAtItsDeadline() throws Exception {
    ScriptedAgent agent = welcomed();
    var asked = registry.check(site, server("pve-x"), Duration.ofMillis(50)).toCompletableFuture();

    assertThatThrownBy(() -> asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .hasCauseInstanceOf(TimeoutException.class);
    assertThat(agent.next(ControlMessage.Inventory.class).servers()).isEmpty();
  }

  @Test
  void check_withoutAnAgentFailsAtOnceAndWhenTheAgentIsLost() throws Exception {
    assertThatThrownBy(
            () -> registry.check(site, server("x"), PATIENCE).toCompletableFuture().get())
        .hasCauseInstanceOf(AgentNotConnectedException.class);

    ScriptedAgent agent = welcomed();
    agent.next(ControlMessage.Inventory.class);
    var asked = registry.check(site, server("x"), PATIENCE).toCompletableFuture();
    agent.next(ControlMessage.Check.class);
    agent.close();

    assertThatThrownBy(() -> asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .hasCauseInstanceOf(AgentNotConnectedException.class);
  }

  @Test
  void secondAgent_isRefusedAndToldOfTheFirst_whichStays() throws Exception {
    AgentMessage.Hello hello = ScriptedAgent.hello(siteName);
    ScriptedAgent first = agent(token).say(hello);
    first.next(ControlMessage.Welcome.class);
    ScriptedAgent second = agent(tenant.agentToken(site)).say(ScriptedAgent.hello(siteName));

    Goodbye goodbye = second.next(Goodbye.class);
    assertThat(goodbye.reason()).isEqualTo(Goodbye.Reason.SECOND_AGENT);
    assertThat(goodbye.message()).contains(siteName, hello.agent().toString(), "1.2", "127.0.0.1");
    assertThat(second.awaitClose()).isEqualTo(LinkProtocol.CLOSE_REFUSED);
    first.next(ControlMessage.Inventory.class);
    assertThat(registry.connected(site)).isTrue();

    first.close();
    until(() -> !registry.connected(site));
    agent(token).say(ScriptedAgent.hello(siteName)).next(ControlMessage.Welcome.class);
  }

  @Test
  void processThatConnectsAnew_takesItsOwnPlace() throws Exception {
    AgentMessage.Hello hello = ScriptedAgent.hello(siteName);
    ScriptedAgent before = agent(token).say(hello);
    before.next(ControlMessage.Welcome.class);
    before.next(ControlMessage.Inventory.class);

    agent(token).say(hello).next(ControlMessage.Welcome.class);

    assertThat(before.next(Goodbye.class).reason()).isEqualTo(Goodbye.Reason.REPLACED);
    assertThat(registry.connected(site)).isTrue();
  }

  @Test
  void agentThatFallsSilent_losesItsPlaceAndAnotherOneMayTakeIt() throws Exception {
    rig.bean(TestPatience.class).lose(site, Duration.ofSeconds(1));
    ScriptedAgent silent = welcomed();
    silent.next(ControlMessage.Inventory.class);
    var asked = registry.check(site, server("pve-x"), PATIENCE).toCompletableFuture();

    assertThat(silent.awaitClose()).isEqualTo(LinkProtocol.CLOSE_NORMAL);
    assertThat(registry.connected(site)).isFalse();
    assertThatThrownBy(() -> asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .hasCauseInstanceOf(AgentNotConnectedException.class);
    agent(token).say(ScriptedAgent.hello(siteName)).next(ControlMessage.Welcome.class);
  }

  @Test
  void inventoryThatIsLargerThanAMessage_comesInParts() throws Exception {
    List<String> names = List.of("k8s-a", "k8s-b", "k8s-c");
    names.forEach(this::addWithLargeKubeConfig);

    ScriptedAgent agent = welcomed();

    ControlMessage.Inventory first = agent.next(ControlMessage.Inventory.class);
    assertThat(first.parts()).isGreaterThan(1);
    List<String> told = new ArrayList<>();
    first.servers().forEach(item -> told.add(item.server().name()));
    for (int i = 2; i <= first.parts(); i++) {
      ControlMessage.Inventory part = agent.next(ControlMessage.Inventory.class);
      assertThat(part.part()).isEqualTo(i);
      assertThat(part.parts()).isEqualTo(first.parts());
      assertThat(part.revision()).isEqualTo(first.revision());
      part.servers().forEach(item -> told.add(item.server().name()));
    }
    assertThat(told)
        .containsExactlyElementsOf(names.stream().map(name -> name + "-" + siteName).toList());
  }

  private void addWithLargeKubeConfig(String name) {
    String config =
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: "https://127.0.0.1:6443"}}]
        users: [{name: u, user: {token: t}}]
        contexts: [{name: x, context: {cluster: c, user: u}}]
        current-context: x
        """;
    var answer =
        tenant
            .admin()
            .post(
                "/api/v1/servers",
                Map.of(
                    "name",
                    name + "-" + siteName,
                    "site",
                    siteName,
                    "provider",
                    "kubernetes",
                    "kubeConfig",
                    config + "# and much more\n".repeat(LinkProtocol.PART_CHARS / 25)));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
  }

  @Test
  void agentOfAnotherSiteOrProtocol_isRefusedWithTheReason() throws Exception {
    ScriptedAgent elsewhere = agent(token).say(ScriptedAgent.hello("elsewhere"));
    Goodbye site = elsewhere.next(Goodbye.class);
    assertThat(site.reason()).isEqualTo(Goodbye.Reason.OTHER_SITE);
    assertThat(site.message()).contains(siteName, "elsewhere");

    AgentMessage.Hello own = ScriptedAgent.hello(siteName);
    Goodbye newer =
        agent(token)
            .say(
                new AgentMessage.Hello(
                    LinkProtocol.VERSION + 1,
                    own.agent(),
                    own.process(),
                    "9.9",
                    siteName,
                    Instant.now()))
            .next(Goodbye.class);
    assertThat(newer.reason()).isEqualTo(Goodbye.Reason.PROTOCOL);
    assertThat(newer.message()).contains("upgrade the control API");
    assertThat(registry.connected(this.site)).isFalse();
  }

  @Test
  void revokedToken_endsTheLinkAtOnce() throws Exception {
    ScriptedAgent agent = welcomed();
    agent.next(ControlMessage.Inventory.class);
    UUID id = rig.bean(TestSites.class).tokenId(token);

    rig.bean(TestSites.class).publish(new AgentTokenRevoked(site, id));

    assertThat(agent.next(Goodbye.class).reason()).isEqualTo(Goodbye.Reason.REVOKED);
    assertThat(agent.awaitClose()).isEqualTo(LinkProtocol.CLOSE_REFUSED);
    assertThat(registry.connected(site)).isFalse();
  }

  @Test
  void whoIsNoAgent_isNotLetIn() {
    assertThat(status(null)).isEqualTo(401);
    assertThat(status("msa_none")).isEqualTo(401);
    assertThat(status(tenant.token(Role.ADMIN))).isEqualTo(403);
  }

  @Test
  void unknownMessage_isRefusedByNameAndTheLinkGoesOn() throws Exception {
    ScriptedAgent agent = welcomed();
    agent.next(ControlMessage.Inventory.class);

    agent.say("{\"type\":\"dance\",\"steps\":[1,2]}");
    assertThat(agent.next(ControlMessage.NotUnderstood.class).message()).isEqualTo("dance");
    agent.say(new AgentMessage.InventoryWanted());
    agent.next(ControlMessage.Inventory.class);
  }

  @Test
  void whatIsNoMessage_endsTheLink() throws Exception {
    ScriptedAgent agent = welcomed();
    agent.next(ControlMessage.Inventory.class);

    agent.say("{\"type\":\"server-statuses\",\"changes\":7}");

    assertThat(agent.awaitClose()).isEqualTo(LinkProtocol.CLOSE_MALFORMED);
    until(() -> !registry.connected(site));
  }

  @Test
  void status_isKeptAndOneOfAnotherSitesServerIsNot() throws Exception {
    ServerId own = new ServerId(UUID.fromString(add("pve-a")));
    UUID otherSite = tenant.site(ControlRig.name("site"));
    ServerId foreign = new ServerId(UUID.fromString(add("pve-b", otherSite)));
    ScriptedAgent agent = welcomed();

    agent.say(new AgentMessage.ServerStatuses(List.of(offline(foreign), offline(own))));

    until(() ->
        tenant
            .viewer()
            .get("/api/v1/servers/" + own)
            .json()
            .path("healthCheckError")
            .asText()
            .equals("no route"));
    var other = tenant.viewer().get("/api/v1/servers/" + foreign).json();
    assertThat(other.path("healthCheckError").isNull()).isTrue();
  }

  private static final String SECRET = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee";

  private static ServerStatusChange offline(ServerId server) {
    return new ServerStatusChange(
        server,
        ServerStatusChange.Connection.OFFLINE,
        Instant.now(),
        Failure.UNREACHABLE,
        "no route",
        "open",
        null,
        9000L,
        null,
        0.0,
        null,
        null);
  }

  private static Server server(String name) {
    return new ProxmoxServer(
        new ServerEntry(
            new ServerId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))),
            name,
            true,
            null,
            "direct",
            List.of(),
            null),
        List.of(URI.create("https://127.0.0.1:8006")),
        Map.of(),
        new ProxmoxToken("muster@pve!monitor", new Secret(SECRET)),
        null,
        TlsTrust.system());
  }

  private String add(String name) {
    return add(name, site);
  }

  private String add(String name, UUID at) {
    var answer =
        tenant
            .admin()
            .post(
                "/api/v1/servers",
                Map.of(
                    "name",
                    name + "-" + siteName,
                    "site",
                    at.equals(site) ? siteName : siteOf(at),
                    "provider",
                    "proxmox",
                    "host",
                    "127.0.0.1",
                    "tokenId",
                    "muster@pve!monitor",
                    "tokenSecret",
                    SECRET));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return answer.json().path("id").asText();
  }

  private String siteOf(UUID at) {
    return rig.bean(Sites.class).find(at).orElseThrow().name();
  }

  private ScriptedAgent agent(String with) throws Exception {
    ScriptedAgent agent = new ScriptedAgent(rig.url(), with);
    agents.add(agent);
    return agent;
  }

  private ScriptedAgent welcomed() throws Exception {
    ScriptedAgent agent = agent(token).say(ScriptedAgent.hello(siteName));
    ControlMessage.Welcome welcome = agent.next(ControlMessage.Welcome.class);
    assertThat(welcome.protocol()).isEqualTo(LinkProtocol.VERSION);
    assertThat(welcome.denyAddresses()).contains("link-local", "metadata");
    until(() -> registry.connected(site));
    return agent;
  }

  private int status(@Nullable String with) {
    ScriptedAgent.RefusedException refused =
        catchThrowableOfType(
            ScriptedAgent.RefusedException.class, () -> new ScriptedAgent(rig.url(), with));
    return refused.status;
  }

  private static void until(Callable<Boolean> fact) throws Exception {
    Instant end = Instant.now().plus(PATIENCE);
    while (!fact.call()) {
      assertThat(Instant.now()).as("in time").isBefore(end);
      Thread.sleep(20);
    }
  }
}
