package io.muster.e2e.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What would stop Grafana from starting, or leave an alert without its message. */
class AlertFilesTest {
  private static final Provisioned PROVISIONED = Provisioned.ofCheckout();
  private static final Map<String, JsonNode> FILES = PROVISIONED.files("alerting");

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)}");
  private static final Pattern DEFINED = Pattern.compile("\\{\\{ define \"([^\"]+)\"");
  private static final Pattern USED = Pattern.compile("\\{\\{-? ?template \"([^\"]+)\"");

  static List<AlertRule> rules() {
    return AlertRule.all(PROVISIONED);
  }

  static Stream<String> ruleFiles() {
    return FILES.keySet().stream().filter(file -> file.contains("/rules-"));
  }

  @ParameterizedTest
  @MethodSource("ruleFiles")
  void ruleFile_isAsItsSchemaSays(String file) throws IOException {
    try (var schema = AlertFilesTest.class.getResourceAsStream("rules.schema.json")) {
      var problems =
          JsonSchemaFactory.getInstance(VersionFlag.V202012)
              .getSchema(Objects.requireNonNull(schema))
              .validate(Objects.requireNonNull(FILES.get(file)));
      assertThat(problems).isEmpty();
    }
  }

  @Test
  void everyRule_hasItsOwnUidAndTitle_aLimitAndARunbook() {
    var names = rules().stream().map(AlertRule::name).toList();
    assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(20);
    assertThat(rules()).extracting(rule -> text(rule.tree(), "title")).doesNotHaveDuplicates();
    assertThat(thresholds()).containsExactlyInAnyOrderElementsOf(names);
    for (var rule : rules()) {
      assertThat(runbook(rule)).startsWith("# " + text(rule.tree(), "title") + "\n");
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void rule_asksForExcessMeasureAndLimitOfTheSameThings(AlertRule rule) {
    var view = "alert_" + rule.name().replace('-', '_') + "_now";
    var asked = rule.sql("Measured").replace(", measured AS value FROM " + view, "");
    assertThat(asked).startsWith("SELECT ").doesNotContain(view);
    assertThat(rule.sql("Limit")).isEqualTo(asked + ", limit_value AS value FROM " + view);
    assertThat(rule.sql("Excess"))
        .isIn(
            asked + ", measured - limit_value AS value FROM " + view,
            asked + ", limit_value - measured AS value FROM " + view);
    assertThat(rule.queries()).containsExactly("Excess", "Measured", "Limit");
    for (var data : rule.tree().path("data")) {
      assertThat(data.path("model").path("refId")).isEqualTo(data.path("refId"));
    }
  }

  /** A user's limit may be stricter than ours: room for recovery must not outgrow it. */
  @ParameterizedTest
  @CsvSource({
    "agent-silent, 10, 30",
    "server-unreachable, 0, 30",
    "success-rate, 100, 99",
    "poll-slow, 5, 25",
    "clock-skew, 0, 3",
    "rows-lost, 0, 0",
    "spool-growing, 0, 100000",
    "token-expires, 365, 90",
    "certificate-expires, 365, 90",
    "privileges-shrank, 0, 0",
    "cluster-quorum, 0, 5",
    "node-offline, 0, 5",
    "node-cpu, 5, 25",
    "node-memory, 5, 25",
    "node-disk, 5, 25",
    "vm-cpu, 5, 25",
    "vm-memory, 5, 25",
    "vm-disk, 5, 25",
    "vm-stopped, 0, 5",
    "node-condition, 0, 5",
    "deployment-replicas, 0, 5",
    "pod-crash-loop, 0, 0",
    "pod-start-failed, 0, 5",
    "pod-pending, 0, 5",
    "instance-error, 0, 5",
    "instance-stuck, 0, 5",
    "quota-used, 5, 25",
    "storage-used, 5, 25",
    "storage-full-soon, 3650, 90",
    "backup-failed, 0, 0",
    "backup-old, 0.5, 1",
  })
  void rule_endsWhenAllIsWell_alsoByAStrictLimit(String name, double well, double limit) {
    var rule = rules().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    var excess =
        rule.sql("Excess").contains("measured - limit_value") ? well - limit : limit - well;
    assertThat(rule.fires(excess, true)).isFalse();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void rule_leadsToAPanelThatIsThere(AlertRule rule) {
    var dashboard = PROVISIONED.dashboard(text(rule.tree(), "dashboardUid"));
    assertThat(dashboard.panels())
        .extracting(panel -> panel.path("id").asInt())
        .contains(rule.tree().path("panelId").asInt());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void runbookLink_opensThePageInGrafana(AlertRule rule) {
    var link = text(rule.tree().path("annotations"), "runbook_url");
    var panel = Integer.parseInt(link.replaceFirst(".*viewPanel=", ""));
    var shown =
        PROVISIONED.dashboard("muster-runbooks").panels().stream()
            .filter(each -> each.path("id").asInt() == panel)
            .findFirst()
            .orElseThrow();
    assertThat("# " + text(shown, "title") + "\n\n" + text(shown.path("options"), "content"))
        .as("panel %d of muster-runbooks is docs/runbooks/%s.md", panel, rule.name())
        .isEqualTo(runbook(rule));
  }

  @Test
  void evaluation_isAMultipleOfTenSeconds_andPatienceOfTheEvaluation() {
    for (var file : ruleFiles().toList()) {
      for (var group : Objects.requireNonNull(FILES.get(file)).path("groups")) {
        var interval = duration(text(group, "interval"));
        assertThat(interval.toSeconds() % 10).isZero();
        for (var rule : group.path("rules")) {
          assertThat(duration(text(rule, "for"))).isGreaterThanOrEqualTo(interval);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void texts_areEscapedAsTheirPlaceDemands(AlertRule rule) {
    for (var annotation : rule.tree().path("annotations")) {
      assertThat(annotation.asText()).doesNotContain("$$", "${");
    }
    // Labels and titles are expanded: a dollar sign would have to be doubled. There is none.
    assertThat(rule.tree().path("labels").toString()).doesNotContain("$");
    assertThat(text(rule.tree(), "title")).doesNotContain("$");
    assertThat(rule.sql("Excess")).doesNotContain("$");
  }

  @Test
  void settingsAndPolicies_haveNoDollarSignButOfVariables() {
    for (var file : List.of("contact-points", "policies", "mute-times", "templates")) {
      assertThat(VARIABLE.matcher(file(file).toString()).replaceAll(""))
          .as(file)
          .doesNotContain("$");
    }
    assertThat(file("templates").toString()).doesNotContain("$");
  }

  @Test
  void everyVariable_hasADefaultThatIsNotEmpty() {
    var used = new TreeSet<String>();
    FILES.values().stream()
        .flatMap(tree -> VARIABLE.matcher(tree.toString()).results())
        .map(found -> found.group(1))
        .forEach(used::add);
    assertThat(environment().keySet()).containsAll(used);
    assertThat(environment().values()).noneMatch(String::isBlank);
  }

  @Test
  void defaults_leadNowhereOutside_andTellNobody() {
    environment()
        .forEach((name, value) -> {
          if (name.endsWith("_URL")) {
            assertThat(value)
                .startsWith("http://")
                .matches("http://(127\\.0\\.0\\.1|localhost)[:/].*");
          }
        });
    for (var severity : List.of("critical", "warning", "info")) {
      assertThat(told(severity, environment())).isEmpty();
    }
  }

  @Test
  void eachChannel_hearsTheSeveritiesThatItIsGiven() {
    var environment = new LinkedHashMap<>(environment());
    environment.put("ALERT_EMAIL_SEVERITIES", "critical|warning");
    environment.put("ALERT_SLACK_SEVERITIES", "critical|warning|info");
    assertThat(told("critical", environment))
        .containsExactly("muster-email after 5m every 4h", "muster-slack after 5m every 4h");
    assertThat(told("warning", environment))
        .containsExactly("muster-email after 1h every 12h", "muster-slack after 1h every 12h");
    assertThat(told("info", environment)).containsExactly("muster-slack after 1h every 12h");
  }

  @Test
  void receiversMuteTimesAndTemplates_areThere() {
    var receivers = names("contact-points", "contactPoints");
    var muteTimes = names("mute-times", "muteTimes");
    var policies = file("policies").path("policies");
    assertThat(receivers).containsAll(texts(policies.findValues("receiver")));
    for (var named : policies.findValues("mute_time_intervals")) {
      assertThat(muteTimes).containsAll(texts(named));
    }
    assertThat(muteTimes).contains("maintenance-window");
    var templates = text(file("templates").path("templates").get(0), "template");
    var defined = DEFINED.matcher(templates).results().map(found -> found.group(1)).toList();
    assertThat(defined).doesNotHaveDuplicates();
    var settings = String.join("\n", texts(leaves(file("contact-points"))));
    assertThat(defined)
        .containsAll(
            USED.matcher(templates + settings).results().map(found -> found.group(1)).toList());
  }

  @Test
  void types_areAsGrafanaReadsThem() {
    for (var times : file("mute-times").findValues("times")) {
      for (var time : times) {
        assertThat(time.path("start_time").isTextual()).isTrue();
        assertThat(time.path("end_time").isTextual()).isTrue();
      }
    }
    var policy = file("policies").path("policies").get(0);
    for (var key : List.of("group_wait", "group_interval", "repeat_interval")) {
      for (var value : policy.findValues(key)) {
        assertThat(duration(value.asText())).isPositive();
      }
    }
    assertThat(policy.path("group_by")).hasSize(2);
    for (var matchers : policy.findValues("object_matchers")) {
      for (var matcher : matchers) {
        assertThat(matcher).hasSize(3).allMatch(JsonNode::isTextual);
      }
    }
    for (var point : file("contact-points").path("contactPoints")) {
      assertThat(point.path("orgId").isInt()).isTrue();
      assertThat(point.path("receivers")).isNotEmpty();
    }
  }

  /** Who hears of an alert of that severity, by the routes' own words, without who is muted. */
  private static List<String> told(String severity, Map<String, String> environment) {
    var told = new ArrayList<String>();
    var root = file("policies").path("policies").get(0);
    for (var route : root.path("routes")) {
      if (!matches(route, severity, environment)) {
        continue;
      }
      var last = route;
      for (var nested : route.path("routes")) {
        if (matches(nested, severity, environment)) {
          last = nested;
          break;
        }
      }
      if (route.path("mute_time_intervals").isEmpty()) {
        told.add(
            "%s after %s every %s"
                .formatted(
                    text(route, "receiver"),
                    inherited(last, root, "group_interval"),
                    inherited(last, root, "repeat_interval")));
      }
      if (!route.path("continue").asBoolean()) {
        break;
      }
    }
    return told;
  }

  private static boolean matches(JsonNode route, String severity, Map<String, String> environment) {
    for (var matcher : route.path("object_matchers")) {
      var value = matcher.path(0).asText().equals("severity") ? severity : "Node CPU high";
      var pattern =
          VARIABLE
              .matcher(matcher.path(2).asText())
              .replaceAll(
                  (MatchResult found) -> Objects.requireNonNull(environment.get(found.group(1))));
      if (!value.matches(pattern)) {
        return false;
      }
    }
    return true;
  }

  private static String inherited(JsonNode route, JsonNode root, String key) {
    return route.has(key) ? text(route, key) : text(root, key);
  }

  private static Map<String, String> environment() {
    var environment = new LinkedHashMap<String, String>();
    Provisioned.text(Provisioned.checkout().resolve("provisioning/grafana.env"))
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(line -> {
          var at = line.indexOf('=');
          environment.put(line.substring(0, at), line.substring(at + 1));
        });
    return environment;
  }

  private static List<String> thresholds() {
    return Provisioned.text(Provisioned.checkout().resolve("provisioning/thresholds.csv"))
        .lines()
        .skip(1)
        .map(line -> line.substring(0, line.indexOf(',')))
        .toList();
  }

  private static String runbook(AlertRule rule) {
    return Provisioned.text(Provisioned.checkout().resolve("docs/runbooks/" + rule.name() + ".md"));
  }

  private static Duration duration(String text) {
    return Duration.parse("PT" + text);
  }

  private static JsonNode file(String name) {
    return Objects.requireNonNull(FILES.get("alerting/" + name + ".yaml"), name);
  }

  private static Set<String> names(String file, String key) {
    return new TreeSet<>(
        file(file).path(key).valueStream().map(each -> text(each, "name")).toList());
  }

  private static String text(JsonNode tree, String key) {
    return tree.path(key).asText();
  }

  private static List<String> texts(Iterable<JsonNode> nodes) {
    var texts = new ArrayList<String>();
    nodes.forEach(node -> texts.add(node.asText()));
    return texts;
  }

  private static List<JsonNode> leaves(JsonNode tree) {
    var leaves = new ArrayList<JsonNode>();
    if (tree.isValueNode()) {
      leaves.add(tree);
    }
    tree.forEach(child -> leaves.addAll(leaves(child)));
    return leaves;
  }
}
