package io.muster.control.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.control.ControlRig;
import io.muster.control.Database;
import io.muster.control.OnBothDatabases;
import io.muster.control.caller.Role;
import io.muster.control.caller.Scope;
import io.muster.control.link.AgentNews;
import io.muster.control.link.TestAgent;
import io.muster.control.live.TestReader.Told;
import io.muster.control.server.OwnedServer;
import io.muster.protocol.Failure;
import io.muster.protocol.ServerId;
import io.muster.protocol.link.AgentMessage;
import io.muster.protocol.link.ControlMessage;
import io.muster.protocol.link.LinkProtocol;
import io.muster.protocol.link.ServerStatusChange;
import io.muster.protocol.link.ServerStatusChange.Connection;
import io.muster.protocol.link.VmStatusChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What readers are told of what an agent says. */
@OnBothDatabases
final class LiveTest {
  private final ControlRig rig;
  private final ControlRig.TestTenant tenant;
  private final String site = ControlRig.name("site");
  private final UUID siteId;
  private final UUID server;
  private final String viewer;
  private final List<AutoCloseable> open = new ArrayList<>();

  LiveTest(Database database) {
    rig = ControlRig.on(database);
    tenant = rig.tenant();
    siteId = tenant.site(site);
    server = add("pve", List.of("lab"));
    viewer = tenant.token(Role.VIEWER);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  @Test
  void changeOfVmAndServer_reachesAReader() throws Exception {
    TestAgent agent = agent();
    TestReader reader = reader(viewer);
    agent.say(new AgentMessage.ServerStatuses(List.of(status(server, Failure.TLS, "CN=pve"))));
    agent.say(changed("qemu:101", "stopped", "shop", "web"));

    Told status = reader.next("server-status");
    assertThat(status.text("serverId")).isEqualTo(server.toString());
    assertThat(status.text("status")).isEqualTo("offline");
    assertThat(status.text("failure")).isEqualTo("TLS");
    assertThat(status.text("error")).isEqualTo("CN=pve");
    Told vm = reader.next("vm-status");
    assertThat(vm.text("serverName")).startsWith("pve");
    assertThat(vm.text("vmId")).isEqualTo("qemu:101");
    assertThat(vm.text("name")).isEqualTo("web-1");
    assertThat(vm.text("group")).isEqualTo("shop");
    assertThat(vm.text("node")).isEqualTo("pve1");
    assertThat(vm.text("status")).isEqualTo("stopped");
  }

  @Test
  void whatIsToldAgain_isNoNews() throws Exception {
    TestAgent agent = agent();
    TestReader reader = reader(viewer);
    ServerStatusChange online = status(server, null, null);
    AgentMessage stopped = changed("qemu:101", "stopped", null);
    agent.say(new AgentMessage.ServerStatuses(List.of(online, online)));
    agent.say(stopped);
    agent.say(stopped);
    agent.say(changed("qemu:102", "running", null));

    assertThat(reader.next().name()).isEqualTo("server-status");
    assertThat(reader.next().text("vmId")).isEqualTo("qemu:101");
    assertThat(reader.next().text("vmId")).isEqualTo("qemu:102");
  }

  @Test
  void serverOfALostAgent_isNewsWhenTheNextOneTellsOfIt() throws Exception {
    TestReader reader = reader(viewer);
    ServerStatusChange online = status(server, null, null);
    try (TestAgent first = agent()) {
      first.say(new AgentMessage.ServerStatuses(List.of(online)));
      assertThat(reader.next("agent").text("status")).isEqualTo("connected");
      reader.next("server-status");
    }
    assertThat(reader.next("agent").text("status")).isEqualTo("lost");

    agent().say(new AgentMessage.ServerStatuses(List.of(online)));

    Told connected = reader.next();
    assertThat(connected.name()).isEqualTo("agent");
    assertThat(connected.text("site")).isEqualTo(site);
    assertThat(reader.next().name()).isEqualTo("server-status");
  }

  @Test
  void anotherTenant_hearsNothing() throws Exception {
    ControlRig.TestTenant others = rig.tenant();
    TestReader stranger = reader(others.token(Role.ADMIN));
    TestReader own = reader(viewer);
    agent().say(changed("qemu:101", "stopped", null));
    own.next("vm-status");
    AgentNews theirs = news(others.id(), others.site(ControlRig.name("site")));
    rig.bean(LiveEvents.class).publish(new LiveEvent.OfAgent(theirs));

    assertThat(stranger.next().text("site")).isEqualTo(theirs.siteName());
  }

  @Test
  void narrowedReaders_hearOfTheirsAlone() throws Exception {
    UUID other = add("other", List.of("other"));
    TestReader byServer = narrowed(Set.of(server), Set.of(), Set.of(), Set.of());
    TestReader byGroup = narrowed(Set.of(), Set.of("shop"), Set.of(), Set.of());
    TestReader byTag = narrowed(Set.of(), Set.of(), Set.of("web"), Set.of());
    TestReader byVm = narrowed(Set.of(), Set.of(), Set.of(), Set.of(other + "/qemu:7"));
    TestAgent agent = agent();
    agent.say(
        new AgentMessage.ServerStatuses(
            List.of(status(server, null, null), status(other, Failure.TLS, "at pve.example.org"))));
    agent.say(
        vms(
            change(other, "qemu:1", "running", "shop"),
            change(other, "qemu:2", "running", null, "web"),
            change(other, "qemu:3", "running", "office", "db"),
            change(server, "qemu:9", "stopped", "shop", "web"),
            change(other, "qemu:7", "stopped", null)));

    assertThat(until("qemu:9", byServer))
        .containsExactly("agent connected", "server-status online", "vm-status qemu:9");
    assertThat(until("qemu:9", byGroup)).containsExactly("vm-status qemu:1", "vm-status qemu:9");
    assertThat(until("qemu:9", byTag)).containsExactly("vm-status qemu:2", "vm-status qemu:9");
    assertThat(until("qemu:7", byVm))
        .containsExactly("agent connected", "server-status offline", "vm-status qemu:7");
  }

  @Test
  void whoSeesSingleVms_isToldOfTheServerNoMoreThanItsStatus() throws Exception {
    TestReader byVm = narrowed(Set.of(), Set.of(), Set.of(), Set.of(server + "/qemu:7"));
    agent()
        .say(
            new AgentMessage.ServerStatuses(
                List.of(status(server, Failure.TLS, "at pve.example.org"))));

    Told status = byVm.next("server-status");
    assertThat(status.text("status")).isEqualTo("offline");
    assertThat(status.data().toString()).doesNotContain("example.org", "TLS", "9.2");
  }

  @Test
  void tagThatAServerGetsOrLoses_decidesAtOnce() throws Exception {
    TestReader byTag = narrowed(Set.of(), Set.of(), Set.of("customer"), Set.of());
    TestAgent agent = agent();
    agent.say(
        vms(
            change(server, "qemu:1", "running", null),
            change(server, "qemu:9", "running", null, "customer")));
    assertThat(byTag.next("vm-status").text("vmId")).isEqualTo("qemu:9");
    tag(List.of("customer"));
    agent.next();
    agent.say(vms(change(server, "qemu:2", "running", null)));
    assertThat(byTag.next("vm-status").text("vmId")).isEqualTo("qemu:2");
    tag(List.of());
    agent.next();
    agent.say(vms(change(server, "qemu:3", "running", null)));
    agent.say(vms(change(server, "qemu:4", "running", null, "customer")));

    assertThat(byTag.next("vm-status").text("vmId")).isEqualTo("qemu:4");
  }

  @Test
  void editOfAServer_isTold() throws Exception {
    TestReader reader = reader(viewer);
    String path = "/api/v1/servers/" + server;
    String renamed = ControlRig.name("renamed");
    TestAgent agent = agent();
    agent.say(new AgentMessage.ServerStatuses(List.of(status(server, null, null))));
    assertThat(reader.next("server-status").text("status")).isEqualTo("online");

    Told told = edit(reader, path, Map.of("name", renamed));
    assertThat(told.text("serverId")).isEqualTo(server.toString());
    assertThat(told.text("serverName")).isEqualTo(renamed);
    assertThat(told.text("previousName")).startsWith("pve-");
    assertThat(told.text("status")).as("as it was").isEqualTo("online");
    assertThat(told.text("version")).isEqualTo("9.2");
    assertThat(edit(reader, path, Map.of("enabled", false)).text("status")).isEqualTo("disabled");
    assertThat(edit(reader, path, Map.of("enabled", true)).text("status")).isEqualTo("checking");
    agent.say(new AgentMessage.ServerStatuses(List.of(status(server, null, null))));
    assertThat(reader.next("server-status").text("status")).isEqualTo("online");
    Told moved =
        edit(
            reader,
            path,
            Map.of(
                "host",
                "pve-2.example.org",
                "tokenSecret",
                "11111111-2222-4333-8444-555555555555"));
    assertThat(moved.text("status")).isEqualTo("checking");
    assertThat(moved.data().path("previousName").isNull()).isTrue();
    assertThat(tenant.admin().patch(path, Map.of("intervalSeconds", 20)).status()).isEqualTo(200);
    assertThat(tenant.admin().delete(path).status()).isEqualTo(204);
    Told gone = reader.next("server-status");
    assertThat(gone.text("status")).as("how often it is polled is no news").isEqualTo("removed");
    assertThat(gone.text("serverName")).isEqualTo(renamed);
  }

  @Test
  void serverThatIsAddedOrImported_isTold() throws Exception {
    TestReader reader = reader(viewer);
    UUID added = add("added", List.of());
    Told told = reader.next("server-status");
    assertThat(told.text("serverId")).isEqualTo(added.toString());
    assertThat(told.text("status")).as("without an agent").isEqualTo("unknown");
    String imported = ControlRig.name("imported");
    var made =
        tenant
            .admin()
            .post(
                "/api/v1/servers/import",
                Map.of(
                    "servers",
                    List.of(
                        Map.of(
                            "name",
                            imported,
                            "site",
                            site,
                            "host",
                            "pve-3.example.org",
                            "tokenId",
                            "muster@pve!monitor",
                            "tokenSecret",
                            "11111111-2222-4333-8444-555555555555"))));
    assertThat(made.status()).as(made.toString()).isEqualTo(200);

    assertThat(reader.next("server-status").text("serverName")).isEqualTo(imported);
  }

  @Test
  void editOfAServer_isToldToWhoSeesItAlone() throws Exception {
    UUID other = add("other", List.of("other"));
    TestReader byServer = narrowed(Set.of(server), Set.of(), Set.of(), Set.of());
    TestReader byTag = narrowed(Set.of(), Set.of(), Set.of("other"), Set.of());
    TestReader byVm = narrowed(Set.of(), Set.of(), Set.of(), Set.of(other + "/qemu:7"));
    ControlRig.TestTenant others = rig.tenant();
    TestReader stranger = reader(others.token(Role.ADMIN));
    for (UUID each : List.of(other, server)) {
      assertThat(tenant.admin().delete("/api/v1/servers/" + each).status()).isEqualTo(204);
    }
    AgentNews theirs = news(others.id(), others.site(ControlRig.name("site")));
    rig.bean(LiveEvents.class).publish(new LiveEvent.OfAgent(theirs));

    Told ofServer = byServer.next();
    assertThat(ofServer.text("serverId")).isEqualTo(server.toString());
    assertThat(ofServer.text("status")).isEqualTo("removed");
    assertThat(byTag.next().text("serverId")).isEqualTo(other.toString());
    assertThat(byVm.next().text("serverId")).isEqualTo(other.toString());
    assertThat(stranger.next().text("site")).isEqualTo(theirs.siteName());
  }

  /** What is told of a change. */
  private Told edit(TestReader reader, String path, Map<String, Object> change) throws Exception {
    var answer = tenant.admin().patch(path, change);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return reader.next("server-status");
  }

  @Test
  void filter_leavesOtherServersOut() throws Exception {
    UUID other = add("other", List.of());
    TestReader reader = reader(viewer, "?server=" + server, Map.of());
    agent()
        .say(
            vms(
                change(other, "qemu:1", "running", null),
                change(server, "qemu:2", "running", null)));

    assertThat(until("qemu:2", reader)).containsExactly("agent connected", "vm-status qemu:2");
    ControlRig.TestTenant others = rig.tenant();
    assertThat(answer(others.token(Role.ADMIN), "?server=" + server).status()).isEqualTo(404);
    assertThat(answer(viewer, "?server=name:nobody").status()).isEqualTo(404);
  }

  @Test
  void action_isToldToWhoSeesTheVm() throws Exception {
    TestReader byTag = narrowed(Set.of(), Set.of(), Set.of("web"), Set.of());
    OwnedServer known = new OwnedServer(server, tenant.id(), siteId, "pve");
    for (String tag : List.of("db", "web")) {
      rig.bean(LiveEvents.class)
          .publish(
              new LiveEvent.OfAction(
                  known,
                  null,
                  List.of(tag),
                  new ActionNews(
                      UUID.randomUUID(),
                      "qemu:" + tag,
                      "reboot",
                      "running",
                      "anna",
                      Instant.now(),
                      null)));
    }

    Told action = byTag.next();
    assertThat(action.name()).isEqualTo("action");
    assertThat(action.text("vmId")).isEqualTo("qemu:web");
    assertThat(action.text("status")).isEqualTo("running");
    assertThat(action.text("who")).isEqualTo("anna");
  }

  @Test
  void refusedAgent_isToldOnceAndNotWhereTheFirstOneIs() throws Exception {
    TestAgent first = agent();
    TestReader reader = reader(viewer);
    AgentMessage.Hello second =
        new AgentMessage.Hello(
            LinkProtocol.VERSION, UUID.randomUUID(), UUID.randomUUID(), "2", site, Instant.now());
    for (int i = 0; i < 2; i++) {
      assertThat(TestAgent.introduce(rig, tenant.agentToken(siteId), second))
          .isInstanceOf(ControlMessage.Goodbye.class);
    }
    first.say(changed("qemu:5", "stopped", null));

    Told refused = reader.next();
    assertThat(refused.text("status")).isEqualTo("refused");
    assertThat(refused.text("agentId")).isEqualTo(second.agent().toString());
    assertThat(refused.text("reason")).isEqualTo("the site has an agent already");
    assertThat(reader.next().text("vmId")).isEqualTo("qemu:5");
  }

  private UUID add(String name, List<String> tags) {
    var made =
        tenant
            .admin()
            .post(
                "/api/v1/servers",
                Map.of(
                    "name",
                    ControlRig.name(name),
                    "site",
                    site,
                    "host",
                    "pve-1.example.org",
                    "tokenId",
                    "muster@pve!monitor",
                    "tokenSecret",
                    "11111111-2222-4333-8444-555555555555",
                    "tags",
                    tags));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    return UUID.fromString(made.json().path("id").asText());
  }

  private void tag(List<String> tags) {
    assertThat(tenant.admin().patch("/api/v1/servers/" + server, Map.of("tags", tags)).status())
        .isEqualTo(200);
  }

  private TestAgent agent() {
    TestAgent agent =
        TestAgent.connect(
            rig, tenant.agentToken(siteId), site, checked -> new CompletableFuture<>());
    open.add(agent);
    return agent;
  }

  private TestReader reader(String token) throws Exception {
    return reader(token, "", Map.of());
  }

  private TestReader reader(String token, String query, Map<String, String> headers)
      throws Exception {
    TestReader reader = TestReader.open(rig, token, query, headers);
    open.add(reader);
    return reader;
  }

  private TestReader answer(String token, String query) throws Exception {
    TestReader reader = TestReader.answer(rig, token, query, Map.of());
    open.add(reader);
    return reader;
  }

  private TestReader narrowed(
      Set<UUID> servers, Set<String> groups, Set<String> tags, Set<String> vms) throws Exception {
    return reader(tenant.token(Role.VIEWER, new Scope(servers, groups, tags, vms), null));
  }

  /** Everything up to the change of this VM. */
  private static List<String> until(String vm, TestReader reader) throws InterruptedException {
    List<String> all = new ArrayList<>();
    Told next;
    do {
      next = reader.next();
      String vmId = next.text("vmId");
      all.add(next.name() + " " + (vmId.isEmpty() ? next.text("status") : vmId));
    } while (!next.text("vmId").equals(vm));
    return all;
  }

  private AgentMessage changed(String vm, String status, @Nullable String group, String... tags) {
    return vms(change(server, vm, status, group, tags));
  }

  private static AgentMessage vms(VmStatusChange... changes) {
    return new AgentMessage.VmStatuses(List.of(changes));
  }

  private static VmStatusChange change(
      UUID server, String vm, String status, @Nullable String group, String... tags) {
    return new VmStatusChange(
        new ServerId(server),
        vm,
        "web-1",
        "pve1",
        status,
        Instant.parse("2027-03-01T12:30:00Z"),
        group,
        List.of(tags));
  }

  private static ServerStatusChange status(
      UUID server, @Nullable Failure failure, @Nullable String error) {
    return new ServerStatusChange(
        new ServerId(server),
        failure == null ? Connection.ONLINE : Connection.OFFLINE,
        Instant.now(),
        failure,
        error,
        "closed",
        null,
        9000L,
        12.5,
        1.0,
        3,
        "9.2");
  }

  private static AgentNews news(UUID tenant, UUID site) {
    return new AgentNews(
        tenant,
        site,
        ControlRig.name("site"),
        AgentNews.State.CONNECTED,
        UUID.randomUUID(),
        "1",
        null,
        Instant.now());
  }
}
