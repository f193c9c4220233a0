package io.muster.e2e.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.e2e.grafana.AlertRule.Instance;
import io.muster.e2e.grafana.Seed.Server;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the alert rules make of an OpenStack cloud beyond their limits ({@link AlertRulesIT}): one
 * server for each course of events.
 */
@TestInstance(Lifecycle.PER_CLASS)
class OpenStackRulesIT {
  private static final long GIB = 1L << 30;

  /** So long ago quotas may have been read, which are read by turns. */
  private static final Duration A_TURN = Duration.ofHours(2);

  private final List<AlertRule> rules = AlertRule.all(Provisioned.ofCheckout());
  private final MusterQuestDb db;
  private final Seed seed;
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final Lab lab;
  private final Map<String, List<Instance>> excess = new HashMap<>();
  private final Map<String, List<Instance>> measured = new HashMap<>();

  OpenStackRulesIT(@TempDir Path folder) throws Exception {
    db = MusterQuestDb.start(folder);
    seed = db.seed();
    lab = new Lab(seed, now, Map.of(), Map.of());
    hypervisors();
    failures();
    waits();
    quotas();
    pools();
    seed.settle();
    for (var rule : rules) {
      excess.put(rule.name(), rule.instances(db.reader(), "Excess"));
      measured.put(rule.name(), rule.instances(db.reader(), "Measured"));
    }
  }

  @AfterAll
  void end() throws SQLException {
    seed.close();
    db.close();
  }

  private void hypervisors() {
    var dead = server("nova-compute is dead");
    hypervisor(dead, ago(600), "online");
    hypervisor(dead, now, "offline");
    lab.instance(dead, ago(4000), "running", "ACTIVE");
    lab.instance(dead, now, "unknown", "ACTIVE");

    hypervisor(server("disabled"), now, "maintenance");

    var full = server("everything is promised");
    hypervisor(full, now, "online");
    seed.row("node_metrics", full, now)
        .set("node", "cn1")
        .set("sample_seconds", 60)
        .set("cpu_cores", 16.0)
        .set("load1", 90.0)
        .set("memory_total_bytes", 64 * GIB)
        .set("vcpus_allocated", 256.0)
        .set("memory_allocated_bytes", 90 * GIB);
  }

  private void failures() {
    var ran = server("ran and failed");
    lab.instance(ran, ago(3900), "running", "ACTIVE");
    lab.instance(ran, ago(400), "running", "ACTIVE");
    lab.instance(ran, now, "failed", "ERROR");

    var born = server("never ran");
    lab.instance(born, ago(350), "failed", "ERROR");
    lab.instance(born, now, "failed", "ERROR");

    var blinked = server("its host was away meanwhile");
    lab.instance(blinked, ago(900), "running", "ACTIVE");
    lab.instance(blinked, ago(800), "failed", "ERROR");
    lab.instance(blinked, ago(200), "unknown", "ERROR");
    lab.instance(blinked, now, "failed", "ERROR");

    var gone = server("failed and was deleted");
    lab.instance(gone, ago(900), "failed", "ERROR");
    lab.instance(gone, now, "removed", "DELETED");

    lab.limit("instance-error", null, "group=lab", 0, false, now);
    var inLab = server("failed in a lab");
    lab.instance(inLab, ago(900), "failed", "ERROR").set("vm_group", "lab");
    lab.instance(inLab, now, "failed", "ERROR").set("vm_group", "lab");

    var stopped = server("was stopped");
    lab.instance(stopped, ago(3900), "running", "ACTIVE");
    lab.instance(stopped, ago(400), "running", "ACTIVE");
    lab.instance(stopped, now, "stopped", "SHUTOFF").set("locked_by", "locked");

    var stopping = server("is being resized");
    lab.instance(stopping, ago(3900), "running", "ACTIVE");
    lab.instance(stopping, ago(400), "running", "ACTIVE");
    lab.instance(stopping, now, "stopped", "SHUTOFF").set("locked_by", "resize_prep");
  }

  private void waits() {
    var stuck = server("stuck since it was first seen");
    lab.instance(stuck, ago(2000), "pending", "BUILD (spawning)");
    lab.instance(stuck, now, "pending", "BUILD (spawning)");

    var fresh = server("just built");
    lab.instance(fresh, ago(100), "pending", "BUILD (scheduling)");
    lab.instance(fresh, now, "pending", "BUILD (spawning)");

    var resized = server("resized in its time");
    lab.instance(resized, ago(1500), "running", "ACTIVE");
    lab.instance(resized, ago(1000), "pending", "RESIZE (resize_migrating)");
    lab.instance(resized, now, "running", "VERIFY_RESIZE");
  }

  private void quotas() {
    var tight = server("quota is used up");
    quota(tight, "cores", 21, 20L);
    quota(tight, "instances", 17, 20L);

    var free = server("quota is unlimited or none");
    quota(free, "cores", 500, null);
    quota(free, "floating_ips", 0, 0L);

    var old = server("project is gone");
    lab.quota(old, now.minus(Duration.ofHours(4)), "cores", 20, 20L);

    lab.limit("quota-used", null, "quota=key_pairs", 0, false, now);
    var meant = server("quota is meant to be used up");
    quota(meant, "key_pairs", 10, 10L);
    lab.limit("quota-used", null, "group=small", 100, true, now);
    lab.quota(meant, now, "cores", 2, 2L).set("project", "small");
  }

  private void pools() {
    seed.row("storage_metrics", server("pool is full"), now)
        .set("storage", "ceph")
        .set("kind", "cinder")
        .set("status", "available")
        .set("used_bytes", 95 * GIB)
        .set("total_bytes", 100 * GIB);
  }

  @Test
  void deadNovaCompute_isANodeOffline_andItsInstancesAreNotTold() {
    assertThat(told("nova-compute is dead")).containsExactly("node-offline");
    assertThat(told("disabled")).isEmpty();
  }

  @Test
  void whatIsPromised_isNoUse() {
    assertThat(told("everything is promised")).isEmpty();
    assertThat(of(measured, "node-memory", "everything is promised")).isEmpty();
  }

  @Test
  void failedInstance_isToldOnce_whetherItRanOrNot() {
    assertThat(told("ran and failed")).containsExactly("instance-error");
    assertThat(told("never ran")).containsExactly("instance-error");
    assertThat(measured("instance-error", "never ran")).isBetween(350.0, 900.0);
  }

  @Test
  void stoppedInstance_isTold_alsoWhenItMayNotBeTouched_butNotDuringATask() {
    assertThat(told("was stopped")).containsExactly("vm-stopped");
    assertThat(told("is being resized")).isEmpty();
  }

  @Test
  void failure_countsOn_whileNobodyCanTell() {
    assertThat(measured("instance-error", "its host was away meanwhile")).isBetween(900.0, 1_500.0);
  }

  @Test
  void instanceThatIsGone_orOfAProjectThatIsLeftOut_isNotTold() {
    assertThat(told("failed and was deleted")).isEmpty();
    assertThat(told("failed in a lab")).isEmpty();
  }

  @Test
  void making_countsFromTheFirstSight_andEndsWell() {
    assertThat(told("stuck since it was first seen")).containsExactly("instance-stuck");
    assertThat(told("just built")).isEmpty();
    assertThat(told("resized in its time")).isEmpty();
    assertThat(measured("instance-stuck", "resized in its time")).isZero();
  }

  @Test
  void quota_isToldOfEachResource_alsoBeyondItsLimit() {
    assertThat(told("quota is used up")).containsExactly("quota-used");
    assertThat(of(measured, "quota-used", "quota is used up"))
        .extracting(Instance::value)
        .containsExactlyInAnyOrder(105.0, 85.0);
  }

  @Test
  void quota_withoutALimit_orOfAProjectThatIsGone_isNotTold() {
    assertThat(of(measured, "quota-used", "quota is unlimited or none")).isEmpty();
    assertThat(of(measured, "quota-used", "project is gone")).isEmpty();
    assertThat(told("quota is meant to be used up")).isEmpty();
  }

  @Test
  void fullPool_isAStorageThatIsNearlyFull() {
    assertThat(told("pool is full")).containsExactly("storage-used");
  }

  /** Names of the rules that would fire for that server. */
  private List<String> told(String server) {
    var told = new ArrayList<String>();
    for (var rule : rules) {
      for (var instance : of(excess, rule.name(), server)) {
        if (rule.fires(instance.value(), false)) {
          told.add(rule.name());
        }
      }
    }
    return told;
  }

  private double measured(String rule, String server) {
    var found = of(measured, rule, server);
    assertThat(found).hasSize(1);
    return found.getFirst().value();
  }

  private static List<Instance> of(Map<String, List<Instance>> of, String rule, String server) {
    return of.getOrDefault(rule, List.of()).stream()
        .filter(instance -> server.equals(instance.labels().get("server")))
        .toList();
  }

  /** One that is polled and is well. */
  private Server server(String name) {
    var server = Server.of("lab", "openstack", name);
    lab.state(server, now);
    lab.attempt(server, now, true);
    return server;
  }

  private void hypervisor(Server server, Instant ts, String status) {
    seed.row("node_states", server, ts).set("node", "cn1").set("status", status);
  }

  private void quota(Server server, String resource, long used, @Nullable Long limit) {
    lab.quota(server, now.minus(A_TURN), resource, used, limit);
  }

  private Instant ago(long seconds) {
    return now.minusSeconds(seconds);
  }
}
