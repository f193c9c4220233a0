package io.muster.e2e.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.e2e.grafana.Seed.Server;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What the dashboards answer about an OpenStack cloud that is known, beside a Proxmox cluster. */
@TestInstance(Lifecycle.PER_CLASS)
class OpenStackDashboardIT {
  private static final Server CLOUD = Server.of("here", "openstack", "cloud");
  private static final Server PROXMOX = Server.of("here", "proxmox", "pve");

  private static final String HYPERVISORS = "Every chosen hypervisor now, the sick ones first";
  private static final String QUOTAS = "Quotas, the most used first";
  private static final String UNWELL = "Instances that are not well, the failed ones first";
  private static final String POOLS = "Storage pools, the fullest first";
  private static final String ACTIONS = "Actions and faults, the newest first";

  private final MusterQuestDb questDb;
  private final Seed seed;
  private final SampleOpenStack openStack;
  private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  OpenStackDashboardIT(@TempDir Path folder) throws Exception {
    questDb = MusterQuestDb.start(folder);
    seed = questDb.seed();
    openStack = new SampleOpenStack(seed, CLOUD);
    Seed.every(
        Duration.ofMinutes(10),
        start.minus(Duration.ofHours(1)),
        start.minusSeconds(60),
        openStack::states);
    openStack.events(start);
    // Read by turns: two hours ago, and not since.
    openStack.quotas(start.minus(Duration.ofHours(2)));
    seed.row("quota_metrics", CLOUD, start.minus(Duration.ofHours(4)))
        .set("project", "deleted")
        .set("resource", "cores")
        .set("used", 1)
        .set("limit_value", 1);
    for (var i = 0; i < 12; i++) {
      seed.row("node_metrics", CLOUD, start.minusSeconds(90))
          .set("node", "big" + i)
          .set("sample_seconds", 60)
          .set("cpu_cores", 16.0)
          .set("vcpus_allocated", 400.0);
    }
    seed.row("node_metrics", PROXMOX, start.minusSeconds(90))
        .set("node", "pve1")
        .set("sample_seconds", 10)
        .set("cpu_usage_ratio", 0.25)
        .set("memory_used_bytes", 1)
        .set("memory_total_bytes", 4);
    beat();
    seed.refreshHourly();
  }

  @AfterAll
  void end() throws SQLException {
    seed.close();
    questDb.close();
  }

  /** States and samples age while tests run; quotas stay as they were. */
  @BeforeEach
  void beat() throws SQLException {
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    for (var server : List.of(CLOUD, PROXMOX)) {
      seed.row("server_states", server, now).set("state", "active").set("interval_ms", 60_000);
      seed.row("connection_metrics", server, now).set("agent", "agent-1").set("success", true);
    }
    openStack.states(now);
    openStack.hypervisors(now);
    openStack.diagnostics(now);
    openStack.pools(now);
    seed.row("node_states", PROXMOX, now).set("node", "pve1").set("status", "online");
    seed.settle();
  }

  @Test
  void servers_areOpenStackOnly() throws SQLException {
    var choices = new Choices(questDb.reader(), dashboard("muster-openstack"), hours()).all();
    assertThat(choices.get("server")).containsExactly(CLOUD.id());
    assertThat(choices.get("node")).containsExactly("(none)", "cn1", "cn2", "cn3", "cn4");
    assertThat(choices.get("project")).containsExactly("(none)", "infra", "shop");
  }

  @Test
  void counts_areOfWhatIsChosen() throws SQLException {
    assertThat(page("Clouds").ask().cells("up")).containsExactly("1");
    assertThat(page("Hypervisors").with("server", CLOUD.id(), PROXMOX.id()).ask().rows())
        .containsExactly(List.of("2", "1", "0", "1"));
    assertThat(page("Instances").ask().rows())
        .containsExactly(List.of("2", "1", "1", "1", "1", "1"));
    assertThat(page("Instances").with("project", "shop").ask().rows())
        .containsExactly(List.of("2", "0", "0", "1", "1", "0"));
    assertThat(page("Quotas").ask().rows()).containsExactly(List.of("1", "1", "1"));
  }

  @Test
  void hypervisors_beginWithWhatIsAway_andTellWhatIsPromised_notWhatIsUsed() throws SQLException {
    var nodes = page(HYPERVISORS).ask();
    assertThat(nodes.cells("node")).containsExactly("cn3", "cn2", "cn1", "cn4");
    assertThat(nodes.cells("status_detail")).startsWith("forced down", "disabled: new kernel");
    assertThat(nodes.cells("vcpus")).containsExactly(null, "2.0", "24.0", "4.0");
    assertThat(nodes.cells("memory_share")).containsExactly(null, "0.0625", "0.75", "0.125");
    assertThat(nodes.cells("load")).containsExactly(null, "0.0625", "0.375", null);
  }

  @Test
  void quotas_areThoseOfTheLastHours_theMostUsedFirst_andUnlimitedIsNoShare() throws SQLException {
    var quotas = page(QUOTAS).ask();
    assertThat(quotas.cells("resource"))
        .containsExactly("volumes_bytes", "cores", "cores", "floating_ips", "instances");
    assertThat(quotas.cells("share")).containsExactly("1.0", "0.95", "0.1", null, null);
    assertThat(quotas.cells("used")).startsWith("100.0 GiB", "19").endsWith("0", "4");
    assertThat(quotas.cells("most")).startsWith("100.0 GiB", "20").endsWith("0", "unlimited");
    assertThat(page(QUOTAS).with("project", "infra").ask().rows()).hasSize(2);
  }

  @Test
  void instancesThatAreNotWell_haveNovasWord_andTheirNewestFault() throws SQLException {
    var unwell = page(UNWELL).ask();
    assertThat(unwell.cells("vm")).containsExactly("it's broken", "stuck-1", "lost-1");
    assertThat(unwell.cells("status_detail"))
        .containsExactly("ERROR", "BUILD (spawning)", "ACTIVE, its host is down");
    assertThat(unwell.cells("message")).containsExactly("No valid host's found", null, null);
    assertThat(number(unwell.cells("since").getFirst())).isBetween(3_000.0, 5_000.0);
    assertThat(page(UNWELL).with("node", "(none)").ask().cells("vm"))
        .containsExactly("it's broken");
    var why = page("Why instances are not well").with("project", "shop").ask();
    assertThat(why.cells("reason")).containsExactlyInAnyOrder("ERROR", "BUILD (spawning)");
  }

  @Test
  void pools_beginWithTheFullest_andAnUnknownSizeStaysUnknown() throws SQLException {
    var pools = page(POOLS).ask();
    assertThat(pools.cells("storage")).containsExactly("ceph@rbd#ssd", "nfs@nfs#nfs");
    assertThat(pools.cells("share")).containsExactly("0.85", null);
  }

  @Test
  void actions_tellWhoDidWhat_alsoToAnInstanceThatIsGone() throws SQLException {
    var actions = page(ACTIONS).ask();
    assertThat(actions.cells("type"))
        .containsExactly("create", "fault", "create", "delete", "reboot");
    assertThat(actions.cells("object")).contains("web-1", "instance:gone-1");
    assertThat(actions.cells("who")).containsOnly("alice");
    assertThat(page(ACTIONS).with("project", "shop").ask().cells("object"))
        .containsExactly("stuck-1", "it's broken", "it's broken", "web-1");
    assertThat(page(ACTIONS).with("project", "(none)").ask().cells("type"))
        .containsExactly("delete");
  }

  @Test
  void use_isThatOfInstancesOfWhichItIsKnown() throws SQLException {
    assertThat(page("Busiest ten instances: CPU").ask().cells("cores")).containsExactly("2.0");
    assertThat(page("Busiest ten instances: memory").ask().cells("memory")).containsExactly("0.75");
    var projects = page("Projects").ask();
    assertThat(projects.cells("project")).containsExactly("shop", "infra");
    assertThat(projects.cells("instances")).containsExactly("4", "3");
    assertThat(projects.cells("unwell")).containsExactly("2", "1");
    assertThat(projects.cells("memory")).containsExactly("" + 3 * (1L << 30), null);
  }

  @Test
  void promises_areDrawnOfWhatIsThere() throws SQLException {
    var line = page("Memory promised").with("node", "cn1", "cn3", "cn4").ask();
    assertThat(line.cells("server")).containsOnly("cloud");
    assertThat(line.cells("memory")).last().isEqualTo("0.4375");
  }

  /** Twelve hypervisors of which no use is known would leave no room among the ten highest. */
  @Test
  void graphOfTheBusiestNodes_isOfThoseWhoseUseIsKnown() throws SQLException {
    var cpu = panel("muster-nodes", "CPU").with("node", "pve1", "big0", "big11", "cn1").ask();
    assertThat(cpu.cells("node")).containsOnly("pve1");
  }

  @Test
  void nodes_showUseThatNobodyKnowsAsUnknown_andLoadWhereItIsKnown() throws SQLException {
    var nodes = panel("muster-nodes", "Every chosen node now, the sick ones first").ask();
    var first = nodes.cells("node").indexOf("cn1");
    assertThat(nodes.cells("cpu").get(first)).isNull();
    assertThat(nodes.cells("memory").get(first)).isNull();
    assertThat(nodes.cells("load").get(first)).isEqualTo("0.375");
  }

  private Panel page(String title) {
    return panel("muster-openstack", title);
  }

  private Panel panel(String uid, String title) {
    return new Panel(questDb.reader(), dashboard(uid), title, hours(), Map.of());
  }

  private static Dashboard dashboard(String uid) {
    return Provisioned.ofCheckout().dashboard(uid);
  }

  private static Range hours() {
    return Range.last(Duration.ofHours(6));
  }

  private static double number(@Nullable String cell) {
    return Double.parseDouble(Objects.requireNonNull(cell));
  }
}
