package io.muster.e2e.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Messages as mail and Slack get them, rendered by Go's own templates from the rules' annotations
 * and {@code templates.yaml}. Grafana's types and functions are rebuilt in {@code messages.go.txt}.
 */
@Tag("go")
class AlertMessagesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Provisioned PROVISIONED = Provisioned.ofCheckout();

  /** What a phone shows of a subject, and of a line without much scrolling. */
  private static final int SUBJECT_CHARS = 60;

  private static final int LINE_CHARS = 110;

  private static final Map<String, String> SERVER =
      Map.of(
          "site", "berlin",
          "provider", "proxmox",
          "server_id", "0d1f6a34-5b0e-4c7d-8a3e-2f9b6c1d7e50",
          "server", "pve-cluster");

  /** One for all tests: Go compiles its library once. */
  @TempDir private static Path folder = Path.of("");

  /**
   * @param values by refId; empty when QuestDB could not be asked
   */
  private record Alert(
      String rule, boolean firing, Map<String, String> labels, Map<String, Double> values) {}

  @BeforeEach
  void needsGo() {
    assumeTrue(hasGo(), "no go on the PATH (Debian: golang-go)");
  }

  @Test
  void firing_saysWhatWhereAndHowBad_thenWhatToDo() throws Exception {
    var message = render(List.of(firing("node-cpu", Map.of("node", "pve2"), 94.3, 90)));
    assertThat(message.get("email subject")).isEqualTo("WARNING: Node CPU high, site berlin");
    assertThat(message.get("email message"))
        .startsWith("- pve2 on pve-cluster: CPU 94.3 % (limit 90 %)\n\nMean of 5 minutes.")
        .contains(
            "\nSee: https://grafana.example.org/d/muster-nodes?orgId=1&viewPanel=10&var-server=0d1f")
        .contains("\nWhat to do: https://grafana.example.org/d/muster-runbooks?viewPanel=");
    assertThat(message.get("slack title")).isEqualTo(message.get("email subject"));
    assertThat(message.get("slack text"))
        .startsWith("- pve2 on pve-cluster: CPU 94.3 % (limit 90 %)\n")
        .contains("|Panel> <https://grafana.example.org/d/muster-runbooks?viewPanel=")
        .endsWith("|What to do>");
  }

  @Test
  void resolved_saysWhatIsOver_andNoMeasureOfIt() throws Exception {
    var message =
        render(
            List.of(
                new Alert(
                    "vm-stopped",
                    false,
                    Map.of("vm_id", "qemu:101", "vm", "a<b>&c"),
                    Map.of("Measured", 0.0))));
    assertThat(message.get("email subject")).isEqualTo("Over: VM stopped, site berlin");
    assertThat(text(message, "email message").strip())
        .isEqualTo("- a<b>&c (qemu:101) on pve-cluster");
    assertThat(message.get("email html")).contains("a&lt;b&gt;&amp;c");
  }

  @Test
  void namesFromOutside_areNoMarkupToSlack() throws Exception {
    var things = Map.of("vm", "<!channel> & <https://evil.example|web>", "vm_id", "pod:a:b|c>d");
    var escaped = "&lt;!channel&gt; &amp; &lt;https://evil.example|web&gt; (pod:a:b|c&gt;d)";
    for (var isFiring : List.of(true, false)) {
      var alert = new Alert("vm-disk", isFiring, things, Map.of("Measured", 95.0, "Limit", 90.0));
      var message = render(List.of(alert));
      assertThat(message.get("slack text"))
          .startsWith("- " + escaped + " on pve-cluster")
          .doesNotContain("<!", "|c>");
      assertThat(message.get("email message")).startsWith("- <!channel> & <https://evil.example|");
      if (isFiring) {
        assertThat(message.get("slack text")).contains("&var-vm=pod%3Aa%3Ab%7Cc%3Ed|Panel>");
      }
    }
  }

  @Test
  void tokenThatHasEnded_isSaidSo() throws Exception {
    var ended = new Alert("token-expires", true, Map.of(), Map.of("Measured", -2.5, "Limit", 14.0));
    assertThat(render(List.of(ended)).get("email message"))
        .startsWith("- pve-cluster: the token has ended\n");
    var ends = new Alert("token-expires", true, Map.of(), Map.of("Measured", 2.5, "Limit", 14.0));
    assertThat(render(List.of(ends)).get("email message"))
        .startsWith("- pve-cluster: the token ends in 2.5 days\n");
  }

  @Test
  void firingAndResolved_standApart() throws Exception {
    var message =
        render(
            List.of(
                firing("node-offline", Map.of("node", "pve2"), 431, 90),
                new Alert("node-offline", false, Map.of("node", "pve3"), Map.of("Measured", 0.0))));
    assertThat(message.get("email message"))
        .startsWith(
            "- pve2 on pve-cluster: not online for 7m 11s\n\nOver:\n- pve3 on pve-cluster\n\n");
  }

  @Test
  void manyAtOnce_areTenLinesAndTheirNumber() throws Exception {
    var alerts = new ArrayList<Alert>();
    for (var i = 0; i < 40; i++) {
      alerts.add(firing("server-unreachable", Map.of("server", "pve-" + i), 120, 90));
    }
    var message = render(alerts);
    assertThat(message.get("email subject"))
        .isEqualTo("CRITICAL: Server unreachable, site berlin (40)");
    assertThat(text(message, "slack text").lines().filter(line -> line.startsWith("- ")))
        .hasSize(10);
    assertThat(message.get("slack text")).contains("The first 10 of 40.");
  }

  @Test
  void burstOfNodes_isOneMessage() throws Exception {
    var alerts = new ArrayList<Alert>();
    for (var i = 0; i < 40; i++) {
      alerts.add(firing("node-offline", Map.of("node", "worker-" + i), 120, 90));
    }
    var message = render(alerts);
    assertThat(message.get("email subject")).isEqualTo("CRITICAL: Node offline, site berlin (40)");
    assertThat(message.get("email message"))
        .startsWith("- worker-0 on pve-cluster: not online for 2m 0s\n")
        .contains("The first 10 of 40.");
  }

  @Test
  void questDbThatCannotBeAsked_isSaidOnceForAllRules() throws Exception {
    var labels =
        Map.of("alertname", "DatasourceError", "rulename", "Agent silent", "severity", "critical");
    var message = render(List.of(new Alert("agent-silent", true, labels, Map.of())));
    assertThat(message.get("email subject")).startsWith("CRITICAL: QuestDB cannot be asked");
    assertThat(message.get("email message")).startsWith("- Agent silent\n");
  }

  @Test
  void everyRule_fitsAPhone_alsoWhenAMeasureIsMissing() throws Exception {
    var things =
        Map.ofEntries(
            Map.entry("node", "pve2"),
            Map.entry("vm", "web"),
            Map.entry("namespace", "shop"),
            Map.entry("project", "shop"),
            Map.entry("resource", "volumes_bytes"),
            Map.entry("vm_id", "qemu:101"),
            Map.entry("storage", "local"),
            Map.entry("cluster", "c1"),
            Map.entry("table_name", "vm_states"),
            Map.entry("tables", "all tables"),
            Map.entry("agent", "a"));
    for (var rule : AlertRule.all(PROVISIONED)) {
      var message = render(List.of(firing(rule.name(), things, 95.26, 90)));
      assertThat(message.get("email subject")).hasSizeLessThanOrEqualTo(SUBJECT_CHARS);
      var line = text(message, "email message").lines().findFirst().orElseThrow();
      assertThat(line)
          .hasSizeLessThanOrEqualTo(LINE_CHARS)
          .contains(": ")
          .doesNotContain("<no value>", "%!");
      var without = render(List.of(new Alert(rule.name(), true, things, Map.of())));
      assertThat(without.get("email message")).doesNotContain("%!");
    }
  }

  private static String text(Map<String, String> message, String setting) {
    return Objects.requireNonNull(message.get(setting), setting);
  }

  private static Alert firing(
      String rule, Map<String, String> labels, double measured, double limit) {
    return new Alert(rule, true, labels, Map.of("Measured", measured, "Limit", limit));
  }

  private static Map<String, String> render(List<Alert> alerts) throws Exception {
    var input = new LinkedHashMap<String, Object>();
    var templates = file("templates").path("templates").get(0).path("template").asText();
    input.put("Templates", templates);
    input.put("ExternalURL", "https://grafana.example.org/");
    input.put("Settings", settings());
    input.put("Alerts", alerts.stream().map(AlertMessagesTest::given).toList());
    var rendered = new LinkedHashMap<String, String>();
    JSON.readTree(run(JSON.writeValueAsString(input)))
        .propertyStream()
        .forEach(entry -> rendered.put(entry.getKey(), entry.getValue().asText()));
    return rendered;
  }

  private static Map<String, Object> given(Alert alert) {
    var rule =
        AlertRule.all(PROVISIONED).stream()
            .filter(each -> each.name().equals(alert.rule()))
            .findFirst()
            .orElseThrow()
            .tree();
    var labels = new LinkedHashMap<>(SERVER);
    labels.put("alertname", rule.path("title").asText());
    labels.put("severity", rule.path("labels").path("severity").asText());
    labels.putAll(alert.labels());
    var panel =
        "https://grafana.example.org/d/%s?orgId=1&viewPanel=%d"
            .formatted(rule.path("dashboardUid").asText(), rule.path("panelId").asInt());
    return Map.of(
        "Status",
        alert.firing() ? "firing" : "resolved",
        "Labels",
        labels,
        "Annotations",
        rule.path("annotations"),
        "Values",
        alert.values(),
        "PanelURL",
        panel);
  }

  /** Templates in contact points, by channel and setting. */
  private static Map<String, String> settings() {
    var settings = new LinkedHashMap<String, String>();
    for (var point : file("contact-points").path("contactPoints")) {
      for (var receiver : point.path("receivers")) {
        receiver
            .path("settings")
            .propertyStream()
            .filter(setting -> setting.getValue().asText().contains("{{"))
            .forEach(setting ->
                settings.put(
                    receiver.path("type").asText() + " " + setting.getKey(),
                    setting.getValue().asText()));
      }
    }
    return settings;
  }

  private static String run(String input) throws Exception {
    var program = folder.resolve("messages");
    if (!Files.exists(program)) {
      var text = folder.resolve("messages.go");
      try (var source = AlertMessagesTest.class.getResourceAsStream("messages.go.txt")) {
        Files.copy(Objects.requireNonNull(source), text);
      }
      run(List.of("go", "build", "-o", program.toString(), text.toString()), "");
    }
    return run(List.of(program.toString()), input);
  }

  private static String run(List<String> command, String input) throws Exception {
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("GOCACHE", folder.resolve("cache").toString());
    var process = builder.start();
    try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
      stdin.write(input);
    }
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static JsonNode file(String name) {
    return Objects.requireNonNull(PROVISIONED.files().get("alerting/" + name + ".yaml"), name);
  }

  private static boolean hasGo() {
    try {
      var process = new ProcessBuilder("go", "version").redirectErrorStream(true).start();
      return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException absent) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
