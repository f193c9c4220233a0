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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every alert rule's own SQL on a real QuestDB, as the read-only user: on empty tables, and on
 * servers made for each rule, one for each thing that it must tell or leave out.
 */
@TestInstance(Lifecycle.PER_CLASS)
class AlertRulesIT {
  private static final String CALM = "calm";

  /** Measures that grow by the second while tests run get this much room at the limit. */
  private static final double DRIFT = 600;

  /**
   * What a rule is shown.
   *
   * @param good nothing to tell
   * @param bad beyond the limit that the rule starts with
   * @param step as fine as the rule measures
   * @param room at the limit, for measures that grow while tests run
   */
  private record Case(double good, double bad, double step, double room) {
    boolean badIsMore() {
      return bad > good;
    }

    /** A limit at which {@code bad} is just not bad. */
    double atBad() {
      return bad + room;
    }

    double beforeBad() {
      return badIsMore() ? bad - step : bad + step;
    }

    /** A limit that {@code good} is beyond. */
    double strict() {
      return badIsMore() ? good - step : good + step;
    }
  }

  private static final Map<String, Case> CASES = cases();

  private static final Pattern JUDGES_NODES = Pattern.compile("(node|vm)-.*");
  private static final Map<String, String> NODE_STATUS =
      Map.of("node-offline", "offline", "node-condition", "ready");

  private final List<AlertRule> rules = AlertRule.all(Provisioned.ofCheckout());
  private final MusterQuestDb empty;
  private final MusterQuestDb db;
  private final Seed seed;
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final Map<String, Map<String, Object>> differences = new HashMap<>();
  private final Map<String, Map<String, Object>> vmDifferences = new HashMap<>();
  private final Lab lab;
  private final Map<String, List<Instance>> excess = new LinkedHashMap<>();
  private final Map<String, List<Instance>> measured = new LinkedHashMap<>();
  private final Map<String, List<Instance>> limits = new LinkedHashMap<>();

  AlertRulesIT(@TempDir Path folder) throws Exception {
    empty = MusterQuestDb.start(folder.resolve("empty"));
    db = MusterQuestDb.start(folder.resolve("seeded"));
    seed = db.seed();
    lab = new Lab(seed, now, differences, vmDifferences);
    CASES.forEach(this::sow);
    sowSites();
    sowGivenUpPolls();
    sowEndedMaintenance();
    sowStorageThatIsGone();
    sowFailedBackupOfATaggedVm();
    seed.settle().refreshHourly();
    for (var rule : rules) {
      excess.put(rule.name(), rule.instances(db.reader(), "Excess"));
      measured.put(rule.name(), rule.instances(db.reader(), "Measured"));
      limits.put(rule.name(), rule.instances(db.reader(), "Limit"));
    }
  }

  @AfterAll
  void end() throws SQLException {
    seed.close();
    db.close();
    empty.close();
  }

  @TestFactory
  Stream<DynamicTest> rule_runsOnEmptyTables_andJudgesNoServer() {
    return eachRule(rule -> {
      for (var query : rule.queries()) {
        assertThat(rule.instances(empty.reader(), query))
            .allMatch(instance -> !instance.labels().containsKey("site"))
            .noneMatch(instance -> rule.fires(instance.value(), false));
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> rule_tellsEveryThingFromTheOthers_inAllItsQueries() {
    return eachRule(rule -> {
      var labels = labels(excess, rule);
      assertThat(labels).isNotEmpty().doesNotHaveDuplicates();
      assertThat(labels(measured, rule)).containsExactlyInAnyOrderElementsOf(labels);
      assertThat(labels(limits, rule)).containsExactlyInAnyOrderElementsOf(labels);
    });
  }

  @TestFactory
  Stream<DynamicTest> rule_firesOnWhatIsBad_andOnNothingElse() {
    return eachCase((rule, of) -> {
      assertThat(fires(rule, "good")).as("good").isFalse();
      assertThat(fires(rule, "bad")).as("bad").isTrue();
      assertThat(value(measured, rule, "bad")).isBetween(of.bad(), of.bad() + of.room());
      assertThat(value(limits, rule, "bad")).isEqualTo(seededLimit(rule));
    });
  }

  @TestFactory
  Stream<DynamicTest> rule_isSilentAtItsLimit_andFiresAStepBeyond() {
    return eachCase((rule, of) -> {
      assertThat(fires(rule, "at-limit")).as("at the limit").isFalse();
      assertThat(fires(rule, "past-limit")).as("a step beyond").isTrue();
    });
  }

  @TestFactory
  Stream<DynamicTest> rule_letsOffOnlyBelowItsLimit() {
    return rules.stream()
        .map(rule ->
            DynamicTest.dynamicTest(
                rule.name(),
                () -> {
                  double off =
                      rule.threshold().path("unloadEvaluator").path("params").path(0).asDouble();
                  assertThat(rule.fires(0, false)).isFalse();
                  assertThat(rule.fires(1e-6, false)).isTrue();
                  assertThat(rule.fires(off, true)).isTrue();
                  assertThat(rule.fires(Math.nextDown(off), true)).isFalse();
                  // What counts in whole things goes from 1 to 0; all else has room between.
                  assertThat(off <= 0 || off == 1).isTrue();
                  assertThat(rule.fires(1, true)).isTrue();
                  assertThat(rule.fires(Math.min(off, 0) - 1e-3, true)).isFalse();
                }));
  }

  @TestFactory
  Stream<DynamicTest> limit_ofServerBeatsTheDefault_ofTagTheServers_newestTheOlder() {
    return eachCase((rule, of) -> {
      assertThat(fires(rule, "strict-server")).as("good, but not for this server").isTrue();
      assertThat(fires(rule, "calm-tag")).as("bad, but not with this tag").isFalse();
      assertThat(fires(rule, "newer")).as("bad, until the limit was set anew").isFalse();
    });
  }

  @TestFactory
  Stream<DynamicTest> rule_knowsNothingOf_whatIsSwitchedOffOrLeftOut() {
    return eachCase((rule, of) -> {
      for (var variant :
          List.of(
              "off-server",
              "off-tag",
              "disabled",
              "removed",
              "maintenance",
              "duplicate",
              "no-alert")) {
        assertThat(of(excess, rule, variant)).as(variant).isEmpty();
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> vmRule_leavesOutTemplatesAndTaggedVms_andObeysTheVmsOwnTag() {
    return eachCase((rule, of) -> {
      if (rule.sql("Excess").contains("vm_id")) {
        assertThat(of(excess, rule, "template")).isEmpty();
        assertThat(of(excess, rule, "vm-no-alert")).isEmpty();
        assertThat(fires(rule, "calm-vm")).isFalse();
      }
    });
  }

  @Test
  void vmStopped_isSilentWhileABackupHoldsIt() {
    assertThat(of(measured, rule("vm-stopped"), "backup"))
        .singleElement()
        .satisfies(vm -> assertThat(vm.value()).isZero());
  }

  @Test
  void vmMemory_isNotJudgedByWhoCountsTheGuestsPageCache() {
    assertThat(of(excess, rule("vm-memory"), "host")).isEmpty();
    assertThat(of(excess, rule("vm-memory"), "balloon")).isEmpty();
  }

  @Test
  void pollSlow_countsWhatWasGivenUpWithTheTimeThatItWasAllowed() {
    var rule = rule("poll-slow");
    assertThat(value(measured, rule, "given-up")).isEqualTo(89.5);
    assertThat(fires(rule, "given-up")).isTrue();
  }

  @Test
  void successRate_countsNothingBeforeTheEndOfAMaintenance() {
    assertThat(value(measured, rule("success-rate"), "maintained")).isEqualTo(100);
  }

  @TestFactory
  Stream<DynamicTest> rule_isSilentAboutANodeInMaintenanceAndItsVms_untilThatIsOver() {
    return eachCase((rule, of) -> {
      if (JUDGES_NODES.matcher(rule.name()).matches()) {
        assertThat(of(excess, rule, "node-maintained")).as("maintained").isEmpty();
        assertThat(fires(rule, "node-back")).as("back").isTrue();
      }
    });
  }

  @Test
  void storageFullSoon_isSilentAboutAStorageThatIsGone() {
    assertThat(of(excess, rule("storage-full-soon"), "gone")).isEmpty();
  }

  @Test
  void backupFailed_doesNotCountVmsThatAreLeftOut() {
    assertThat(value(measured, rule("backup-failed"), "tagged-vm")).isEqualTo(1);
  }

  @Test
  void silentSite_isOneMessage() {
    var told = new ArrayList<String>();
    for (var rule : rules) {
      for (var instance : excess.getOrDefault(rule.name(), List.of())) {
        if ("silent".equals(instance.labels().get("site"))) {
          assertThat(rule.fires(instance.value(), false)).isTrue();
          told.add(rule.name());
        }
      }
    }
    assertThat(told).containsExactly("agent-silent");
  }

  @Test
  void siteThatIsHeard_isNotSilent_andALimitOfAServerMovesThatOfItsSite() {
    assertThat(site("agent-silent", "lab")).isFalse();
    assertThat(site("agent-silent", "patient")).isFalse();
    assertThat(ofSite(excess, "agent-silent", "retired")).isEmpty();
  }

  @Test
  void agentRules_fireOnLostRowsAndAGrowingSpool_andNotAtTheirLimits() {
    assertThat(site("rows-lost", "lab")).isFalse();
    assertThat(site("rows-lost", "lossy")).isTrue();
    assertThat(ofSite(measured, "rows-lost", "lossy").getFirst().value()).isEqualTo(7);
    assertThat(site("spool-growing", "lab")).isFalse();
    assertThat(site("spool-growing", "lossy")).isTrue();
    assertThat(site("spool-growing", "at-limit")).isFalse();
  }

  private interface RuleCheck {
    void of(AlertRule rule) throws Exception;
  }

  private interface CaseCheck {
    void of(AlertRule rule, Case of);
  }

  private Stream<DynamicTest> eachRule(RuleCheck check) {
    return rules.stream()
        .filter(rule -> !rule.name().startsWith("questdb-"))
        .map(rule -> DynamicTest.dynamicTest(rule.name(), () -> check.of(rule)));
  }

  private Stream<DynamicTest> eachCase(CaseCheck check) {
    return CASES.entrySet().stream()
        .map(entry ->
            DynamicTest.dynamicTest(
                entry.getKey(), () -> check.of(rule(entry.getKey()), entry.getValue())));
  }

  private static Map<String, Case> cases() {
    var cases = new LinkedHashMap<String, Case>();
    for (var rule :
        List.of(
            "node-cpu",
            "node-memory",
            "node-disk",
            "vm-cpu",
            "vm-memory",
            "vm-disk",
            "quota-used",
            "storage-used")) {
      cases.put(rule, new Case(50, 95, 0.1, 0));
    }
    cases.put("success-rate", new Case(100, 60, 0.1, 0));
    cases.put("poll-slow", new Case(10, 85, 0.1, 0));
    cases.put("clock-skew", new Case(1, 45, 0.1, 0));
    cases.put("token-expires", new Case(100, 5, 0.1, 0));
    cases.put("certificate-expires", new Case(100, 5, 0.1, 0));
    cases.put("privileges-shrank", new Case(0, 2, 0.5, 0));
    cases.put("backup-failed", new Case(0, 2, 0.5, 0));
    cases.put("backup-old", new Case(1, 20, 0.1, 0));
    cases.put("storage-full-soon", new Case(30, 2, 0.1, 0));
    cases.put("server-unreachable", new Case(0, 500, 1, 0));
    cases.put("cluster-quorum", new Case(0, 500, 1, DRIFT));
    cases.put("node-offline", new Case(0, 500, 1, DRIFT));
    cases.put("vm-stopped", new Case(0, 500, 1, DRIFT));
    cases.put("node-condition", new Case(0, 500, 1, DRIFT));
    cases.put("deployment-replicas", new Case(0, 1500, 1, DRIFT));
    cases.put("pod-crash-loop", new Case(0, 2, 0.5, 0));
    cases.put("pod-start-failed", new Case(0, 500, 1, DRIFT));
    cases.put("pod-pending", new Case(0, 1500, 1, DRIFT));
    cases.put("instance-error", new Case(0, 500, 1, DRIFT));
    cases.put("instance-stuck", new Case(0, 2500, 1, DRIFT));
    return cases;
  }

  private void sow(String rule, Case of) {
    sow(rule, "good", of.good());
    sow(rule, "bad", of.bad());
    limit(rule, sow(rule, "at-limit", of.bad()), of.atBad(), true);
    limit(rule, sow(rule, "past-limit", of.bad()), of.beforeBad(), true);
    // An unreachable server is judged by three intervals at least: nothing stricter can be set.
    var strict = sow(rule, "strict-server", rule.equals("server-unreachable") ? 60 : of.good());
    limit(rule, strict, rule.equals("server-unreachable") ? 40 : of.strict(), true);
    lab.limit(rule, sow(rule, "newer", of.bad()), null, of.strict(), true, now.minusSeconds(60));
    limit(rule, server(rule, "newer"), of.atBad(), true);

    var tag = CALM + "-" + rule;
    lab.limit(rule, null, tag, of.atBad(), true, now);
    differ(rule, "calm-tag", Map.of("tags", ";prod;" + tag + ";"));
    limit(rule, sow(rule, "calm-tag", of.bad()), of.strict(), true);
    vmDiffer(rule, "calm-vm", Map.of("tags", ";" + tag + ";"));
    sow(rule, "calm-vm", of.bad());

    limit(rule, sow(rule, "off-server", of.bad()), of.strict(), false);
    lab.limit(rule, null, "off-" + rule, of.strict(), false, now);
    differ(rule, "off-tag", Map.of("tags", ";off-" + rule + ";"));
    sow(rule, "off-tag", of.bad());
    differ(rule, "disabled", Map.of("state", "disabled"));
    differ(rule, "removed", Map.of("state", "removed"));
    differ(rule, "maintenance", Map.of("state", "maintenance"));
    differ(rule, "duplicate", Map.of("duplicate_of", "lab"));
    differ(rule, "no-alert", Map.of("tags", ";muster-no-alert;"));
    vmDiffer(rule, "vm-no-alert", Map.of("tags", ";prod;muster-no-alert;"));
    vmDiffer(rule, "template", Map.of("template", "yes"));
    vmDiffer(rule, "backup", Map.of("locked_by", "backup"));
    for (var variant :
        List.of(
            "disabled",
            "removed",
            "maintenance",
            "duplicate",
            "no-alert",
            "vm-no-alert",
            "template",
            "backup")) {
      sow(rule, variant, of.bad());
    }
    if (JUDGES_NODES.matcher(rule).matches()) {
      maintainNode(rule, sow(rule, "node-maintained", of.bad()), now.plusSeconds(3600));
      maintainNode(rule, sow(rule, "node-back", of.bad()), now.minusSeconds(1));
    }
    if (rule.equals("vm-memory")) {
      for (var source : List.of("host", "balloon")) {
        lab.server(server(rule, source), "vm-cpu", 10);
        seed.row("vm_metrics", server(rule, source), now)
            .set("vm_id", "qemu:100")
            .set("memory_used_bytes", 99)
            .set("memory_total_bytes", 100)
            .set("memory_source", source);
      }
    }
  }

  private void sowSites() {
    lab.agent("lab", now, Map.of());
    // Everything of this site stopped ten minutes ago, as bad as can be.
    var then = new Lab(seed, now.minus(Duration.ofMinutes(10)), differences, vmDifferences);
    for (var rule : CASES.keySet()) {
      then.server(
          Server.of("silent", "proxmox", rule),
          rule,
          Objects.requireNonNull(CASES.get(rule)).bad());
    }
    then.agent("silent", then.now(), Map.of("rows_dropped", 9L));
    then.agent("silent", then.now().minusSeconds(60), Map.of());

    var patient = Server.of("patient", "proxmox", "patient");
    then.server(patient, "node-cpu", 10);
    lab.limit("agent-silent", patient, null, 3600, true, now);
    var retired = Server.of("retired", "proxmox", "retired");
    then.server(retired, "node-cpu", 10);
    lab.limit("agent-silent", retired, null, 0, false, now);

    // It began anew at its third row: 4 lost before, 3 after.
    lab.agent("lossy", now.minusSeconds(40), Map.of("rows_dropped", 100L, "spool_bytes", 5_000L));
    lab.agent("lossy", now.minusSeconds(30), Map.of("rows_dropped", 104L));
    lab.agent("lossy", now.minusSeconds(20), Map.of("rows_quarantined", 1L));
    lab.agent("lossy", now, Map.of("rows_quarantined", 3L, "spool_bytes", 1_048_577L));
    lab.agent("at-limit", now.minusSeconds(10), Map.of("spool_bytes", 1L));
    lab.agent("at-limit", now, Map.of("spool_bytes", 1_048_577L));
  }

  /** Ten polls were given up at 9 s, as the agent does by an interval of 10 s; one just made it. */
  private void sowGivenUpPolls() {
    var server = sow("poll-slow", "given-up", 85);
    for (var i = 1; i <= 10; i++) {
      lab.attempt(server, now.minusSeconds(10L * i + 1), false)
          .set("response_time_ms", null)
          .set("failure", "DEADLINE_EXCEEDED")
          .set("timeout_ms", 9000);
    }
  }

  /** What is newest of its node, which is as bad as it was. */
  private void maintainNode(String rule, Server server, Instant until) {
    var status = until.isAfter(now) ? "maintenance" : NODE_STATUS.getOrDefault(rule, "online");
    seed.row("node_states", server, now.plusMillis(1))
        .set("node", "pve1")
        .set("status", status)
        .set("conditions", ";DiskPressure;")
        .set("maintenance_until", until);
  }

  private void sowEndedMaintenance() {
    var server = server("success-rate", "maintained");
    var end = now.minusSeconds(600);
    lab.server(server, "success-rate", 100);
    lab.state(server, end).set("state", "maintenance");
    for (var i = 0; i < 50; i++) {
      lab.attempt(server, end.minusSeconds(10L * i), false);
    }
  }

  /** Full in two days when it was last seen, three hours ago. */
  private void sowStorageThatIsGone() {
    var server = server("storage-full-soon", "gone");
    var then = new Lab(seed, now.minus(Duration.ofHours(3)), differences, vmDifferences);
    then.server(server, "storage-full-soon", 2);
    lab.state(server, now);
    lab.attempt(server, now, true);
  }

  private void sowFailedBackupOfATaggedVm() {
    var server = server("backup-failed", "tagged-vm");
    lab.server(server, "backup-failed", 1);
    lab.vmState(server, now, "running").set("tags", ";prod;muster-no-alert;");
    seed.row("events", server, now.minusSeconds(60))
        .set("event_id", "UPID:pve1:qemu:100")
        .set("node", "pve1")
        .set("vm_id", "qemu:100")
        .set("source", "task")
        .set("type", "vzdump")
        .set("state", "failed");
  }

  private Server sow(String rule, String variant, double value) {
    var server = server(rule, variant);
    lab.server(server, rule, value);
    return server;
  }

  private static Server server(String rule, String variant) {
    return Server.of("lab", "proxmox", rule + " " + variant);
  }

  private void differ(String rule, String variant, Map<String, Object> difference) {
    differences.put(server(rule, variant).id(), difference);
  }

  private void vmDiffer(String rule, String variant, Map<String, Object> difference) {
    vmDifferences.put(server(rule, variant).id(), difference);
  }

  private void limit(String rule, Server server, double limit, boolean enabled) {
    lab.limit(rule, server, null, limit, enabled, now);
  }

  private AlertRule rule(String name) {
    return rules.stream()
        .filter(rule -> rule.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("There is no rule " + name));
  }

  private boolean fires(AlertRule rule, String variant) {
    return rule.fires(value(excess, rule, variant), false);
  }

  private static double value(Map<String, List<Instance>> of, AlertRule rule, String variant) {
    var found = of(of, rule, variant);
    assertThat(found).as(variant).hasSize(1);
    return found.getFirst().value();
  }

  private static List<Instance> of(Map<String, List<Instance>> of, AlertRule rule, String variant) {
    var id = server(rule.name(), variant).id();
    return of.getOrDefault(rule.name(), List.of()).stream()
        .filter(instance -> id.equals(instance.labels().get("server_id")))
        .toList();
  }

  private boolean site(String rule, String site) {
    var found = ofSite(excess, rule, site);
    assertThat(found).as(site).hasSize(1);
    return rule(rule).fires(found.getFirst().value(), false);
  }

  private static List<Instance> ofSite(Map<String, List<Instance>> of, String rule, String site) {
    return of.getOrDefault(rule, List.of()).stream()
        .filter(instance -> site.equals(instance.labels().get("site")))
        .toList();
  }

  private static List<Map<String, String>> labels(Map<String, List<Instance>> of, AlertRule rule) {
    return of.getOrDefault(rule.name(), List.of()).stream().map(Instance::labels).toList();
  }

  private static double seededLimit(AlertRule rule) {
    return Provisioned.text(Provisioned.checkout().resolve("provisioning/thresholds.csv"))
        .lines()
        .filter(line -> line.startsWith(rule.name() + ","))
        .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[1]))
        .findFirst()
        .orElseThrow();
  }
}
