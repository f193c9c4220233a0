package io.muster.control.infrastructure;

import static io.muster.control.infrastructure.Seed.secondsAgo;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.control.Client;
import io.muster.control.Client.Answer;
import io.muster.control.ControlRig;
import io.muster.control.ControlRig.TestTenant;
import io.muster.control.Database;
import io.muster.control.OnBothDatabases;
import io.muster.control.caller.Role;
import io.muster.control.caller.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** At a real QuestDB with rows as agents write them. */
@OnBothDatabases
class InfrastructureRoutesTest {
  private static final String API = "/api/v1";

  private final ControlRig rig;
  private final TestTenant tenant;
  private final Client viewer;
  private UUID alpha = new UUID(0, 0);
  private UUID beta = new UUID(0, 0);

  InfrastructureRoutesTest(Database database) {
    rig = ControlRig.on(database);
    tenant = rig.tenant();
    viewer = tenant.viewer();
  }

  @BeforeEach
  void seed() {
    tenant.site(ControlRig.name("site"));
    alpha = server("alpha");
    beta = server("beta");
    Seed a = new Seed(alpha, "alpha");
    a.node(
        "node",
        "pve-a",
        "cluster",
        "prod",
        "status",
        "online",
        "vms_running",
        2,
        "vms_total",
        3,
        "addresses",
        List.of("10.0.0.1"),
        "conditions",
        List.of());
    a.node("node", "pve-b", "cluster", "prod", "status", "offline");
    a.nodeSample("node", "pve-a", "sample_seconds", 10, "cpu_usage_ratio", 0.5, "cpu_cores", 8.0);
    a.cluster("cluster", "prod", "quorate", 1, "nodes_expected", 2, "nodes_online", 1);
    a.storage("storage", "local", "node", "pve-a", "status", "available", "used_bytes", 5L);
    a.vm("qemu:1", "web", "vm_group", "shop", "tags", List.of("blue"), "cluster", "prod");
    a.vm("qemu:2", "db", "status", "stopped", "node", "pve-b", "tags", List.of());
    a.vm("qemu:9", "gone", "status", "removed");
    a.vm("lxc:3", "Web-proxy", "type", "lxc", "locked_by", "backup");
    a.vmSample("qemu:1", "cpu_usage_ratio", 0.25, "memory_used_bytes", 1L << 33);
    a.vmSample("qemu:2", "ts", secondsAgo(4000), "memory_used_bytes", 7L);
  }

  private UUID server(String name) {
    Answer made =
        tenant
            .admin()
            .post(
                API + "/servers",
                Map.of(
                    "name",
                    name,
                    "host",
                    name + ".example.org",
                    "tokenId",
                    "m@pve!m",
                    "tokenSecret",
                    "11111111-2222-4333-8444-555555555555"));
    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    return UUID.fromString(made.json().path("id").asText());
  }

  private static JsonNode ok(Client client, String path) {
    Answer answer = client.get(API + path);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.json();
  }

  private static List<String> ids(JsonNode page) {
    return page.path("items").valueStream().map(vm -> vm.path("vmId").asText()).toList();
  }

  @Test
  void vms_areThoseOfAllServersByName() {
    new Seed(beta, "beta").vm("qemu:1", "app");

    JsonNode page = ok(viewer, "/vms");

    assertThat(ids(page)).containsExactly("lxc:3", "qemu:2", "qemu:1", "qemu:1");
    assertThat(page.path("total").asInt()).isEqualTo(4);
    JsonNode web = page.path("items").path(2);
    assertThat(web.path("serverId").asText()).isEqualTo(alpha.toString());
    assertThat(web.path("serverName").asText()).isEqualTo("alpha");
    assertThat(web.path("name").asText()).isEqualTo("web");
    assertThat(web.path("group").asText()).isEqualTo("shop");
    assertThat(web.path("tags").path(0).asText()).isEqualTo("blue");
    assertThat(web.path("cpuUsageRatio").asDouble()).isEqualTo(0.25);
    assertThat(web.path("memoryUsedBytes").asLong()).isEqualTo(1L << 33);
    assertThat(web.path("memoryTotalBytes").isNull()).isTrue();
    assertThat(web.path("sampleAgeSeconds").asLong()).isBetween(0L, 120L);
    assertThat(page.path("items").path(1).path("sampleAt").isNull()).isTrue();
    assertThat(page.path("servers").findValuesAsText("name")).containsExactly("alpha", "beta");
    assertThat(page.path("servers").path(0).path("error").asText()).contains("agent");
  }

  @Test
  void filters_narrowTheListAndTellMistakes() {
    assertThat(ids(ok(viewer, "/vms?status=stopped"))).containsExactly("qemu:2");
    assertThat(ids(ok(viewer, "/vms?type=lxc"))).containsExactly("lxc:3");
    assertThat(ids(ok(viewer, "/vms?node=pve-b"))).containsExactly("qemu:2");
    assertThat(ids(ok(viewer, "/vms?group=shop"))).containsExactly("qemu:1");
    assertThat(ids(ok(viewer, "/vms?tag=blue"))).containsExactly("qemu:1");
    assertThat(ids(ok(viewer, "/vms?q=WEB"))).containsExactly("lxc:3", "qemu:1");
    assertThat(ids(ok(viewer, "/vms?q=qemu%3A2"))).containsExactly("qemu:2");
    assertThat(ids(ok(viewer, "/vms?q=%25"))).isEmpty();
    assertThat(ids(ok(viewer, "/vms?server=alpha&status=running"))).hasSize(2);
    assertThat(ids(ok(viewer, "/vms?server=" + beta))).isEmpty();
    assertThat(viewer.get(API + "/vms?server=gamma").status()).isEqualTo(404);
    Answer wrong = viewer.get(API + "/vms?status=up&type=vm");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.json().path("errors").findValuesAsText("field"))
        .containsExactly("type", "status");
  }

  @Test
  void pages_togetherAreTheWholeListOnce() {
    List<String> all = new ArrayList<>();
    for (int page = 0; page < 3; page++) {
      JsonNode answer = ok(viewer, "/vms?size=2&page=" + page);
      assertThat(answer.path("total").asInt()).isEqualTo(3);
      all.addAll(ids(answer));
    }

    assertThat(all).containsExactly("lxc:3", "qemu:2", "qemu:1");
  }

  @Test
  void walk_showsEachVmOnce_whateverComesGoesOrIsRenamedMeanwhile() {
    Seed a = new Seed(alpha, "alpha");
    for (int i = 10; i < 30; i++) {
      a.vm("qemu:" + i, "vm-" + i);
    }
    new Seed(beta, "beta").vm("qemu:1", "app");
    List<String> walked = new ArrayList<>();
    String next = "start";
    for (int step = 0; !next.equals("null"); step++) {
      JsonNode answer = ok(viewer, "/vms?size=4&after=" + next);
      assertThat(answer.path("items").size()).isBetween(1, 4);
      for (JsonNode vm : answer.path("items")) {
        walked.add(vm.path("serverName").asText() + "/" + vm.path("vmId").asText());
      }
      next = answer.path("next").asText();
      a.vm("qemu:0" + step, "comes");
      a.vm("qemu:" + (10 + 2 * step), "goes", "ts", secondsAgo(4), "status", "removed");
      a.vm("qemu:" + (11 + 2 * step), "a new name", "ts", secondsAgo(4));
    }

    assertThat(walked).doesNotHaveDuplicates().contains("alpha/lxc:3", "beta/qemu:1");
    for (int i = 11; i < 30; i += 2) {
      assertThat(walked).contains("alpha/qemu:" + i);
    }
  }

  @Test
  void walk_keepsToFiltersAndScopes_andTellsMistakes() {
    Client narrowed =
        rig.with(
            tenant.token(
                Role.VIEWER,
                new Scope(Set.of(), Set.of(), Set.of(), Set.of(alpha + "/qemu:2")),
                null));
    JsonNode seen = ok(narrowed, "/vms?after=start");
    assertThat(ids(seen)).containsExactly("qemu:2");
    assertThat(seen.path("next").isNull()).isTrue();
    assertThat(seen.path("total").asInt()).isEqualTo(1);
    JsonNode first = ok(viewer, "/vms?after=start&size=1&type=qemu");
    assertThat(ids(first)).containsExactly("qemu:1");
    assertThat(first.path("total").asInt()).isEqualTo(2);
    String next = first.path("next").asText();
    assertThat(ids(ok(viewer, "/vms?size=1&type=qemu&after=" + next))).containsExactly("qemu:2");
    assertThat(ids(ok(narrowed, "/vms?after=" + next))).containsExactly("qemu:2");
    for (String wrong : List.of("x", "AAAA", "%20", "0")) {
      Answer answer = viewer.get(API + "/vms?after=" + wrong);
      assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
      assertThat(answer.json().at("/errors/0/field").asText()).isEqualTo("after");
    }
  }

  @Test
  void actions_areThoseOfStateAndRole() {
    assertThat(ok(viewer, "/vms?q=web").findPath("actions").isEmpty()).isTrue();
    JsonNode vms = ok(tenant.operator(), "/vms").path("items");

    assertThat(vms.path(0).path("actions").isEmpty()).as("locked").isTrue();
    assertThat(vms.path(1).path("actions").path(0).asText()).isEqualTo("start");
    assertThat(vms.path(2).path("actions").toString())
        .isEqualTo("[\"shutdown\",\"stop\",\"reboot\",\"reset\",\"suspend\"]");
  }

  @Test
  void vm_hasItsLastSampleAndItsAge() {
    JsonNode stopped = ok(viewer, "/servers/name:alpha/vms/qemu:2");

    assertThat(stopped.path("status").asText()).isEqualTo("stopped");
    assertThat(stopped.path("memoryUsedBytes").asLong()).isEqualTo(7);
    assertThat(stopped.path("sampleAgeSeconds").asLong()).isBetween(3900L, 4300L);
    assertThat(viewer.get(API + "/servers/name:alpha/vms/qemu:9").status()).isEqualTo(404);
    assertThat(viewer.get(API + "/servers/name:alpha/vms/qemu:77").status()).isEqualTo(404);
    assertThat(viewer.get(API + "/servers/name:beta/vms/qemu:1").status()).isEqualTo(404);
  }

  @Test
  void vmOfAServerThatIsNotReadAnyMore_isUnknownAndAsItWasSeen() {
    new Seed(beta, "beta").vm("qemu:5", "old", "ts", secondsAgo(1200));

    JsonNode vm = ok(tenant.operator(), "/servers/" + beta + "/vms/qemu:5");

    assertThat(vm.path("status").asText()).isEqualTo("unknown");
    assertThat(vm.path("name").asText()).isEqualTo("old");
    assertThat(vm.path("actions").isEmpty()).isTrue();
    assertThat(ids(ok(viewer, "/vms?server=beta"))).isEmpty();
  }

  @Test
  void nodes_areListedWithWhatIsKnownOfThem() {
    JsonNode page = ok(viewer, "/nodes");

    assertThat(page.path("items").findValuesAsText("node")).containsExactly("pve-a", "pve-b");
    JsonNode first = page.path("items").path(0);
    assertThat(first.path("cpuUsageRatio").asDouble()).isEqualTo(0.5);
    assertThat(first.path("addresses").path(0).asText()).isEqualTo("10.0.0.1");
    assertThat(first.path("memoryUsedBytes").isNull()).isTrue();
    assertThat(ok(viewer, "/nodes?status=offline").path("items").findValuesAsText("node"))
        .containsExactly("pve-b");
    assertThat(viewer.get(API + "/nodes?status=up").status()).isEqualTo(400);
  }

  @Test
  void infrastructure_listsEveryServerAlsoThoseThatFail() {
    JsonNode clusters = ok(viewer, "/infrastructure").path("items");

    assertThat(clusters.findValuesAsText("name")).containsExactly("prod", "beta");
    JsonNode prod = clusters.path(0);
    assertThat(prod.path("serverName").asText()).isEqualTo("alpha");
    assertThat(prod.path("nodesTotal").asInt()).isEqualTo(2);
    assertThat(prod.path("nodesOnline").asInt()).isEqualTo(1);
    assertThat(prod.path("vmsTotal").asInt()).isEqualTo(3);
    assertThat(prod.path("vmsRunning").asInt()).isEqualTo(2);
    assertThat(prod.path("quorate").asBoolean()).isTrue();
    assertThat(clusters.path(1).path("nodesTotal").isNull()).isTrue();
    assertThat(clusters.path(1).path("error").asText()).contains("not connected");
    assertThat(ok(viewer, "/infrastructure?provider=openstack").path("total").asInt()).isZero();
    assertThat(viewer.get(API + "/infrastructure?provider=vmware").status()).isEqualTo(400);
  }

  @Test
  void cluster_isFoundByItsNameOrItsServersAndHasNodesAndWorkloads() {
    for (String name : List.of("prod", "alpha")) {
      JsonNode cluster = ok(viewer, "/infrastructure/clusters/" + name);
      assertThat(cluster.path("name").asText()).isEqualTo("prod");
      assertThat(cluster.path("nodes").findValuesAsText("node")).containsExactly("pve-a", "pve-b");
      assertThat(cluster.path("storages").path(0).path("usedBytes").asLong()).isEqualTo(5);
    }
    String node = "/infrastructure/clusters/prod/nodes/pve-b";
    assertThat(ok(viewer, node).path("status").asText()).isEqualTo("offline");
    assertThat(ids(ok(viewer, node + "/workloads"))).containsExactly("qemu:2");
    assertThat(viewer.get(API + "/infrastructure/clusters/none").status()).isEqualTo(404);
    assertThat(viewer.get(API + "/infrastructure/clusters/prod/nodes/none").status())
        .isEqualTo(404);
  }

  @Test
  void clusterThatTwoServersLeadTo_hasToBeNamedWithOne() {
    new Seed(beta, "beta").node("node", "pve-a", "cluster", "prod", "status", "online");

    Answer both = viewer.get(API + "/infrastructure/clusters/prod");
    assertThat(both.status()).isEqualTo(409);
    assertThat(both.code()).isEqualTo("ambiguous");
    assertThat(ok(viewer, "/infrastructure/clusters/prod?server=beta").path("serverName").asText())
        .isEqualTo("beta");
  }

  @Test
  void status_countsWhatThereIs() {
    JsonNode status = ok(viewer, "/status");

    assertThat(status.path("servers").path("total").asInt()).isEqualTo(2);
    assertThat(status.path("servers").path("unknown").asInt()).isEqualTo(2);
    assertThat(status.path("agents").path("lost").asInt()).isEqualTo(1);
    assertThat(status.path("nodes").toString())
        .isEqualTo("{\"total\":2,\"offline\":1,\"online\":1}");
    assertThat(status.path("vms").toString())
        .isEqualTo("{\"total\":3,\"running\":2,\"stopped\":1}");
  }

  @Test
  void otherTenant_seesNothingOfIt() {
    Client stranger = rig.tenant().viewer();

    assertThat(ok(stranger, "/vms").path("total").asInt()).isZero();
    assertThat(ok(stranger, "/nodes").path("total").asInt()).isZero();
    assertThat(ok(stranger, "/infrastructure").path("total").asInt()).isZero();
    assertThat(ok(stranger, "/status").path("vms").path("total").asInt()).isZero();
    for (String path :
        List.of(
            "/vms?server=" + alpha,
            "/nodes?server=" + alpha,
            "/servers/" + alpha + "/vms/qemu:1",
            "/infrastructure/clusters/prod",
            "/infrastructure/clusters/prod/nodes/pve-a",
            "/infrastructure/clusters/prod/nodes/pve-a/workloads")) {
      assertThat(stranger.get(API + path).status()).as(path).isEqualTo(404);
    }
  }

  @Test
  void narrowedCaller_seesWhatItIsGranted() {
    Client shop = narrowed(new Scope(Set.of(), Set.of("shop"), Set.of(), Set.of()));
    assertThat(ids(ok(shop, "/vms"))).containsExactly("qemu:1");
    assertThat(ok(shop, "/nodes").path("total").asInt()).isZero();
    assertThat(ok(shop, "/status").path("vms").path("total").asInt()).isEqualTo(1);
    assertThat(shop.get(API + "/servers/name:alpha/vms/qemu:2").status()).isEqualTo(404);

    Client one = narrowed(new Scope(Set.of(), Set.of(), Set.of(), Set.of(alpha + "/qemu:2")));
    assertThat(ids(ok(one, "/vms"))).containsExactly("qemu:2");
    JsonNode clusters = ok(one, "/infrastructure").path("items");
    assertThat(clusters.findValuesAsText("name")).containsExactly("alpha");
    assertThat(clusters.path(0).path("nodesTotal").isNull()).isTrue();
    assertThat(clusters.path(0).path("error").asText()).doesNotContain("site");
    assertThat(one.get(API + "/infrastructure/clusters/alpha").status()).isEqualTo(403);
    assertThat(one.get(API + "/infrastructure/clusters/beta").status()).isEqualTo(404);
    assertThat(ok(one, "/servers/" + alpha + "/vms/qemu:2").path("name").asText()).isEqualTo("db");

    Client whole = narrowed(new Scope(Set.of(beta), Set.of(), Set.of(), Set.of()));
    assertThat(ids(ok(whole, "/vms"))).isEmpty();
    assertThat(ok(whole, "/vms").path("servers").findValuesAsText("name")).containsExactly("beta");
  }

  private Client narrowed(Scope scope) {
    return rig.with(tenant.token(Role.VIEWER, scope, null));
  }
}
