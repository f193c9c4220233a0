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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the alert rules make of a Kubernetes cluster beyond their limits ({@link AlertRulesIT}): one
 * server for each course of events.
 */
@TestInstance(Lifecycle.PER_CLASS)
class KubernetesRulesIT {
  private static final Duration LONG_AGO = Duration.ofHours(3);

  private final List<AlertRule> rules = AlertRule.all(Provisioned.ofCheckout());
  private final MusterQuestDb db;
  private final Seed seed;
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final Lab lab;
  private final Map<String, List<Instance>> excess = new HashMap<>();
  private final Map<String, List<Instance>> measured = new HashMap<>();

  KubernetesRulesIT(@TempDir Path folder) throws Exception {
    db = MusterQuestDb.start(folder);
    seed = db.seed();
    lab = new Lab(seed, now, Map.of(), Map.of());
    nodes();
    crashes();
    starts();
    waits();
    deployments();
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

  private void nodes() {
    var server = server("node not ready");
    node(server, ago(600), "ready", "");
    node(server, now, "not-ready", ";DiskPressure;");
    lab.pod(server, ago(600), "running", "Running");
    lab.pod(server, now, "unknown", "NodeLost");

    var voter = server("node votes");
    node(voter, ago(4000), "ready", ";EtcdIsVoter;");
    node(voter, now, "ready", ";EtcdIsVoter;");

    var full = server("node is full");
    node(full, ago(4000), "ready", ";EtcdIsVoter;");
    node(full, ago(3900), "ready", ";DiskPressure;EtcdIsVoter;");
    node(full, now, "ready", ";DiskPressure;EtcdIsVoter;");
  }

  private void crashes() {
    var between = server("runs between two crashes");
    lab.pod(between, ago(800), "failed", Lab.CRASHING).set("restarts", 3);
    lab.pod(between, ago(200), "failed", Lab.CRASHING).set("restarts", 5);
    lab.pod(between, now, "running", "Running").set("restarts", 5);

    var calmed = server("runs since the last crash");
    lab.pod(calmed, ago(800), "failed", Lab.CRASHING).set("restarts", 3);
    lab.pod(calmed, ago(400), "failed", Lab.CRASHING).set("restarts", 5);
    lab.pod(calmed, now, "running", "Running").set("restarts", 5);

    var first = server("crashes when the agent starts");
    lab.pod(first, now, "failed", "Init:" + Lab.CRASHING).set("restarts", 40);

    var anew = server("made anew under its name");
    lab.pod(anew, ago(800), "failed", Lab.CRASHING).set("restarts", 90);
    lab.pod(anew, now, "failed", Lab.CRASHING).set("restarts", 2);

    var once = server("restarted once");
    lab.pod(once, ago(300), "running", "Running").set("restarts", 0);
    lab.pod(once, now, "running", "Running").set("restarts", 1);

    var gone = server("crashed and is gone");
    lab.pod(gone, ago(60), "failed", Lab.CRASHING);
    lab.pod(gone, now, "removed", "");

    lab.limit("pod-crash-loop", null, "deployment=lab", 0, false, now);
    var ofLab = server("crashes in a lab's deployment");
    lab.pod(ofLab, now, "failed", Lab.CRASHING).set("tags", ";deployment=lab;");
    lab.limit("pod-crash-loop", null, "group=lab", 0, false, now);
    var inLab = server("crashes in a lab's namespace");
    lab.pod(inLab, now, "failed", Lab.CRASHING).set("vm_group", "lab");
  }

  private void starts() {
    var flips = server("image is pulled again and again");
    lab.pod(flips, ago(400), "pending", "ContainerCreating");
    lab.pod(flips, ago(300), "failed", "ErrImagePull");
    lab.pod(flips, ago(200), "failed", "ImagePullBackOff");
    lab.pod(flips, now, "failed", "ErrImagePull");

    var secret = server("secret is missing");
    lab.pod(secret, ago(700), "failed", "CreateContainerConfigError");
    lab.pod(secret, now, "failed", "CreateContainerConfigError");

    for (var detail : List.of("Evicted", "OOMKilled", "Error")) {
      var ended = server(detail);
      lab.pod(ended, now.minus(LONG_AGO), "running", "Running");
      lab.pod(ended, ago(2000), "failed", detail);
      lab.pod(ended, now, "failed", detail);
    }
  }

  private void waits() {
    var fresh = server("new and pending");
    lab.pod(fresh, ago(100), "pending", "Unschedulable");
    lab.pod(fresh, now, "pending", "Unschedulable");

    var set = server("pending for long");
    lab.pod(set, ago(2000), "pending", "Unschedulable");
    lab.pod(set, now, "pending", "ContainerCreating");

    var ofDeployment = server("pending for its deployment");
    lab.pod(ofDeployment, ago(2000), "pending", "Unschedulable").set("tags", ";deployment=cart;");
    lab.pod(ofDeployment, now, "pending", "Unschedulable").set("tags", ";deployment=cart;");

    var job = server("ended well");
    lab.pod(job, now.minus(Duration.ofMinutes(70)), "running", "Running");
    lab.pod(job, ago(600), "running", "Running");
    lab.pod(job, now, "succeeded", "Completed");
    seed.row("vm_metrics", job, ago(700))
        .set("vm_id", "pod:shop:cart-1")
        .set("sample_seconds", 1800)
        .set("cpu_usage_ratio", 1.0);
  }

  private void deployments() {
    var fresh = server("new and short");
    lab.deployment(fresh, ago(100), 0);
    lab.deployment(fresh, now, 1);

    var stuck = server("stuck in its roll-out");
    lab.deployment(stuck, ago(2000), 3);
    lab.deployment(stuck, ago(1900), 3).set("status", "failed");
    lab.deployment(stuck, now, 3).set("status", "failed");

    var none = server("scaled to 0");
    lab.deployment(none, now.minus(LONG_AGO), 3);
    lab.deployment(none, now, 0).set("replicas_desired", 0).set("status", "stopped");

    var unknown = server("replicas are not known");
    lab.deployment(unknown, ago(2000), 2);
    lab.deployment(unknown, now, 2).set("status", "unknown");

    lab.limit("deployment-replicas", null, "deployment=lab", 0, false, now);
    var ofLab = server("short in a lab");
    lab.deployment(ofLab, ago(2000), 2).set("vm", "lab");
    lab.deployment(ofLab, now, 2).set("vm", "lab");
  }

  @Test
  void nodeThatIsNotReady_isOffline_andNothingElseIsTold() {
    assertThat(told("node not ready")).containsExactly("node-offline");
  }

  @Test
  void conditions_areToldThatAreKnownToBeBad() {
    assertThat(told("node votes")).isEmpty();
    assertThat(told("node is full")).containsExactly("node-condition");
    assertThat(measured("node-condition", "node is full")).isBetween(3_999.0, 4_600.0);
  }

  @Test
  void crashLoop_isTold_alsoWhileItRunsBetweenTwoCrashes() {
    assertThat(told("runs between two crashes")).containsExactly("pod-crash-loop");
    assertThat(measured("pod-crash-loop", "runs between two crashes")).isEqualTo(2);
    assertThat(told("runs since the last crash")).isEmpty();
    assertThat(measured("pod-crash-loop", "runs since the last crash")).isZero();
  }

  @Test
  void crashLoop_ofWhichNoRestartWasSeen_countsAsOne() {
    assertThat(measured("pod-crash-loop", "crashes when the agent starts")).isEqualTo(1);
    assertThat(measured("pod-crash-loop", "made anew under its name")).isEqualTo(2);
  }

  @Test
  void oneRestart_andAPodThatIsGone_areNotTold() {
    assertThat(told("restarted once")).isEmpty();
    assertThat(told("crashed and is gone")).isEmpty();
  }

  @Test
  void limit_canBeOfADeploymentsPods_andOfANamespace() {
    assertThat(told("crashes in a lab's deployment")).isEmpty();
    assertThat(told("crashes in a lab's namespace")).isEmpty();
    assertThat(told("short in a lab")).isEmpty();
  }

  @Test
  void startThatFails_isToldOnce_whateverTheReasonIsCalled() {
    assertThat(told("image is pulled again and again")).containsExactly("pod-start-failed");
    assertThat(measured("pod-start-failed", "image is pulled again and again"))
        .isBetween(400.0, 1_000.0);
    assertThat(told("secret is missing")).containsExactly("pod-start-failed");
  }

  @Test
  void podThatEnded_isNotTold_howeverItDid() {
    for (var server : List.of("Evicted", "OOMKilled", "Error", "ended well")) {
      assertThat(told(server)).as(server).isEmpty();
    }
  }

  @Test
  void pending_countsFromTheFirstSight_andIsToldByTheDeploymentWhereThereIsOne() {
    assertThat(told("new and pending")).isEmpty();
    assertThat(told("pending for long")).containsExactly("pod-pending");
    assertThat(told("pending for its deployment")).isEmpty();
  }

  @Test
  void deployment_isToldWhenItIsShortOrStuck_butNotWhenItIsNewOrNotWanted() {
    assertThat(told("new and short")).isEmpty();
    assertThat(measured("deployment-replicas", "new and short")).isBetween(100.0, 700.0);
    assertThat(told("stuck in its roll-out")).containsExactly("deployment-replicas");
    assertThat(told("scaled to 0")).isEmpty();
    assertThat(told("replicas are not known")).isEmpty();
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
    var server = Server.of("lab", "kubernetes", name);
    lab.state(server, now);
    lab.attempt(server, now, true);
    return server;
  }

  private void node(Server server, Instant ts, String status, String conditions) {
    seed.row("node_states", server, ts)
        .set("node", "worker-1")
        .set("status", status)
        .set("conditions", conditions);
  }

  private Instant ago(long seconds) {
    return now.minusSeconds(seconds);
  }
}
