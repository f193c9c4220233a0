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

/** What the dashboards answer about a Kubernetes cluster that is known, beside a Proxmox one. */
@TestInstance(Lifecycle.PER_CLASS)
class KubernetesDashboardIT {
  private static final Server CLUSTER = Server.of("here", "kubernetes", "k8s");
  private static final Server PROXMOX = Server.of("here", "proxmox", "pve");

  private static final String NODES = "Every chosen node now, the sick ones first";
  private static final String DEPLOYMENTS = "Deployments, those short of replicas first";
  private static final String UNWELL = "Pods that are not well, the failed ones first";
  private static final String RESTARTED = "Pods that restarted in this time";
  private static final String EVENTS = "Kubernetes events, the newest first";

  private final MusterQuestDb questDb;
  private final Seed seed;
  private final SampleKubernetes kubernetes;
  private final Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  KubernetesDashboardIT(@TempDir Path folder) throws Exception {
    questDb = MusterQuestDb.start(folder);
    seed = questDb.seed();
    kubernetes = new SampleKubernetes(seed, CLUSTER);
    Seed.every(
        Duration.ofMinutes(10),
        start.minus(Duration.ofHours(1)),
        start.minusSeconds(60),
        kubernetes::states);
    kubernetes.events(start);
    var gone = start.minus(Duration.ofMinutes(30));
    pod("job-1", "running", gone.minusSeconds(120));
    pod("job-1", "succeeded", gone.minusSeconds(60));
    pod("job-1", "removed", gone);
    pod("web-old", "running", gone.minusSeconds(60));
    pod("web-old", "removed", gone);
    seed.settle();
  }

  @AfterAll
  void end() throws SQLException {
    seed.close();
    questDb.close();
  }

  /** States age while tests run. */
  @BeforeEach
  void beat() throws SQLException {
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    for (var server : List.of(CLUSTER, PROXMOX)) {
      seed.row("server_states", server, now).set("state", "active").set("interval_ms", 10_000);
      seed.row("connection_metrics", server, now).set("agent", "agent-1").set("success", true);
    }
    kubernetes.states(now);
    kubernetes.samples(now);
    seed.row("node_states", PROXMOX, now).set("node", "pve1").set("status", "offline");
    seed.row("vm_states", PROXMOX, now)
        .set("vm_id", "qemu:1")
        .set("vm", "web")
        .set("vm_group", "shop")
        .set("type", "qemu")
        .set("status", "failed");
    seed.settle();
  }

  @Test
  void servers_areKubernetesOnly() throws SQLException {
    var choices = new Choices(questDb.reader(), dashboard("muster-kubernetes"), hours()).all();
    assertThat(choices.get("server")).containsExactly(CLUSTER.id());
    assertThat(choices.get("node")).contains("(none)", "worker-1").doesNotContain("pve1");
    assertThat(choices.get("namespace")).containsExactly("(none)", "infra", "shop");
  }

  @Test
  void counts_tellPodsFromDeployments() throws SQLException {
    var everything = page("Nodes").with("server", CLUSTER.id(), PROXMOX.id());
    assertThat(everything.ask().rows()).containsExactly(List.of("2", "1", "0", "1", "1"));
    assertThat(page("Pods").ask().rows()).containsExactly(List.of("2", "1", "3", "1", "1"));
    assertThat(page("Deployments").ask().rows()).containsExactly(List.of("1", "1", "1", "1"));
    assertThat(page("Clusters").ask().cells("up")).containsExactly("1");
  }

  @Test
  void nodes_beginWithWhatIsAway_thenWithBadConditions() throws SQLException {
    var nodes = page(NODES).ask();
    assertThat(nodes.cells("node")).containsExactly("worker-3", "worker-2", "worker-4", "worker-1");
    assertThat(nodes.cells("status_detail")).startsWith("NodeStatusUnknown");
    assertThat(nodes.cells("conditions").get(1)).isEqualTo("DiskPressure");
    assertThat(nodes.cells("cpu").getFirst()).isNull();
    assertThat(page(NODES).with("node", "worker-1").ask().cells("node"))
        .containsExactly("worker-1");
  }

  @Test
  void deployments_beginWithTheShort_andSayForHowLong() throws SQLException {
    var deployments = page(DEPLOYMENTS).ask();
    assertThat(deployments.cells("vm")).containsExactly("cart", "web", "retired", "search");
    assertThat(deployments.cells("ready")).containsExactly("1", "2", "0", "2");
    assertThat(deployments.cells("wanted")).containsExactly("3", "2", "0", "2");
    // Since they are known: about an hour.
    assertThat(number(deployments.cells("short_for").getFirst())).isBetween(3_000.0, 5_000.0);
    assertThat(deployments.cells("short_for").getLast()).isNull();
    // A deployment has no place.
    assertThat(page(DEPLOYMENTS).with("node", "worker-1").ask().rows()).hasSize(4);
    assertThat(page(DEPLOYMENTS).with("namespace", "infra").ask().rows()).isEmpty();
  }

  @Test
  void podsThatAreNotWell_haveThePlatformsWord() throws SQLException {
    var pods = page(UNWELL).ask();
    assertThat(pods.cells("vm")).containsExactly("cart-2", "logs-4k", "web-1", "cart-3", "logs-9x");
    assertThat(pods.cells("status_detail"))
        .containsExactly(
            "CrashLoopBackOff", "Evicted", "ImagePullBackOff", "Unschedulable", "NodeLost");
    assertThat(pods.cells("owner").getFirst()).isEqualTo("deployment=cart");
    assertThat(page(UNWELL).with("namespace", "infra").ask().cells("vm"))
        .containsExactly("logs-4k", "logs-9x");
    assertThat(page(UNWELL).with("node", "(none)").ask().cells("vm")).containsExactly("cart-3");
  }

  @Test
  void reasons_areCounted() throws SQLException {
    var reasons = page("Why pods are not well").with("namespace", "shop").ask();
    assertThat(reasons.cells("reason"))
        .containsExactlyInAnyOrder("CrashLoopBackOff", "ImagePullBackOff", "Unschedulable");
    assertThat(reasons.cells("pods")).containsOnly("1");
  }

  @Test
  void restarts_areThoseOfTheChosenTime() throws SQLException {
    var restarted = page(RESTARTED).ask();
    assertThat(restarted.cells("vm")).containsExactly("cart-2");
    assertThat(number(restarted.cells("restarts").getFirst())).isBetween(5.0, 8.0);
    assertThat(page(RESTARTED).over(Range.last(Duration.ofDays(3))).ask().rows()).isEmpty();
  }

  @Test
  void events_haveTheirCount_andCountWhenTheyCameLast() throws SQLException {
    var events = page(EVENTS).ask();
    assertThat(events.cells("type"))
        .containsExactlyInAnyOrder("Failed", "EvictionThresholdMet", "Completed", "BackOff");
    assertThat(page(EVENTS).with("namespace", "shop").with("node", "worker-1").ask().rows())
        .singleElement()
        .satisfies(row -> assertThat(row).contains("12", "pod:shop:web-1"));
    var lastMinute = page(EVENTS).over(Range.last(Duration.ofMinutes(1)));
    assertThat(lastMinute.ask().rows()).isEmpty();
  }

  @Test
  void use_isOfPodsAndTheirNamespaces() throws SQLException {
    assertThat(page("Busiest ten pods: CPU").ask().cells("vm"))
        .containsExactlyInAnyOrder("cart-1", "db-0");
    assertThat(page("Busiest ten pods: CPU").ask().cells("cores")).containsOnly("0.15");
    var namespaces = page("Namespaces").ask();
    assertThat(namespaces.cells("namespace")).containsExactly("shop", "infra");
    assertThat(namespaces.cells("pods")).containsExactly("5", "2");
    assertThat(namespaces.cells("unwell")).containsExactly("3", "2");
    assertThat(namespaces.cells("memory")).containsExactly("" + (1L << 29), null);
  }

  @Test
  void fleet_countsPodsOnce_andNoneThatEndedWell() throws SQLException {
    var vms = panel("muster-fleet", "VMs").ask();
    assertThat(vms.cells("running")).containsExactly("2");
    assertThat(vms.cells("stopped")).containsExactly("0");
    assertThat(vms.cells("waiting")).containsExactly("1");
    // Three pods and the Proxmox VM; the deployment that is stuck is not one more.
    assertThat(vms.cells("failed")).containsExactly("4");
  }

  @Test
  void changedVms_areNoPodsThatEndedOrGaveWay() throws SQLException {
    var changed = panel("muster-vms", "VMs that changed state lately").ask();
    assertThat(changed.cells("vm")).doesNotContain("job-1", "web-old");
  }

  @Test
  void aPodsRestarts_areThoseOfItsContainers() throws SQLException {
    var restarts =
        panel("muster-vm", "Restarts in this time")
            .with("server", CLUSTER.id())
            .with("vm", "pod:shop:cart-2")
            .ask();
    assertThat(number(restarts.cells("restarts").getFirst())).isBetween(5.0, 8.0);
  }

  private void pod(String name, String status, Instant ts) {
    seed.row("vm_states", CLUSTER, ts)
        .set("vm_id", "pod:shop:" + name)
        .set("vm", name)
        .set("vm_group", "shop")
        .set("type", "pod")
        .set("status", status);
  }

  private Panel page(String title) {
    return panel("muster-kubernetes", title);
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
