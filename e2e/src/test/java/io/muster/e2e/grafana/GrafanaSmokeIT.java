package io.muster.e2e.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.e2e.Launcher;
import io.muster.e2e.Wait;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The demo with a real Grafana, asked over Grafana's own API. */
@Tag("grafana")
@TestInstance(Lifecycle.PER_CLASS)
class GrafanaSmokeIT {
  /** Each rule is evaluated once a minute; the first time at a moment within its interval. */
  private static final Duration FIRST_EVALUATION = Duration.ofMinutes(3);

  private final Provisioned provisioned = Provisioned.ofCheckout();
  private final Launcher demo;
  private final GrafanaApi api;

  GrafanaSmokeIT() throws IOException {
    assumeTrue(
        isHere(), "no Grafana on this machine: GRAFANA_HOME is not set, none is on the PATH");
    demo = Launcher.startWithGrafana("demo", "e2e-grafana-smoke").awaitStarted();
    api = GrafanaApi.of(demo.endpoints());
  }

  @AfterAll
  void end() throws IOException {
    demo.close();
  }

  @Test
  void grafanaAndItsDataSource_areWell() throws IOException {
    assertThat(api.get("/api/health").path("database").asText()).isEqualTo("ok");
    assertThat(api.get("/api/datasources/uid/questdb/health").path("status").asText())
        .isEqualTo("OK");
  }

  @Test
  void everyDashboard_isThere_andTheFleetIsHome() throws IOException {
    for (var dashboard : provisioned.dashboards()) {
      var there = api.get("/api/dashboards/uid/" + dashboard.uid());
      assertThat(there.path("dashboard").path("title")).isEqualTo(dashboard.tree().path("title"));
      assertThat(there.path("meta").path("provisioned").asBoolean()).isTrue();
    }
    assertThat(api.get("/api/dashboards/home").path("dashboard").path("uid").asText())
        .isEqualTo("muster-fleet");
  }

  @Test
  void everyAlertRule_isThere_andIsEvaluatedWithoutAnError() throws IOException {
    var rules = new ArrayList<String>();
    for (var file : provisioned.files("alerting").values()) {
      for (var group : file.path("groups")) {
        group.path("rules").forEach(rule -> rules.add(rule.path("uid").asText()));
      }
    }
    var there =
        api.get("/api/v1/provisioning/alert-rules")
            .valueStream()
            .map(rule -> rule.path("uid").asText())
            .toList();
    assertThat(there).containsAll(rules);
    var evaluated = new LinkedHashMap<String, String>();
    Wait.until(
        FIRST_EVALUATION,
        () -> "every rule was evaluated: " + evaluated,
        () -> {
          evaluated.clear();
          for (var group :
              api.get("/api/prometheus/grafana/api/v1/rules").path("data").path("groups")) {
            for (var rule : group.path("rules")) {
              evaluated.put(
                  rule.path("name").asText(),
                  rule.path("health").asText() + " " + rule.path("lastError").asText());
            }
          }
          return evaluated.size() >= rules.size()
              && evaluated.values().stream().noneMatch(health -> health.startsWith("unknown"));
        });
    assertThat(evaluated.values()).noneMatch(health -> health.startsWith("error"));
  }

  @TestFactory
  Stream<DynamicTest> everyPanel_getsAnAnswer() {
    return provisioned.dashboards().stream()
        .flatMap(dashboard ->
            dashboard.queries().stream()
                .filter(query -> query.of() == Query.Of.PANEL)
                .map(query ->
                    DynamicTest.dynamicTest(
                        query.place(),
                        () -> assertThat(ask(query, chosen(dashboard)).has("frames")).isTrue())));
  }

  /** "All" of every variable, in their order. */
  private Map<String, List<String>> chosen(Dashboard dashboard) throws IOException {
    var chosen = new LinkedHashMap<String, List<String>>();
    for (var variable : dashboard.variables()) {
      var name = variable.path("name").asText();
      if (variable.path("type").asText().equals("custom")) {
        chosen.put(name, List.of(variable.path("query").asText().split(",", -1)));
        continue;
      }
      var query =
          dashboard.queries().stream()
              .filter(each -> each.place().endsWith(", variable " + name))
              .findFirst()
              .orElseThrow();
      var values = new ArrayList<String>();
      ask(query, chosen)
          .path("frames")
          .path(0)
          .path("data")
          .path("values")
          .path(0)
          .forEach(value -> values.add(value.asText()));
      chosen.put(name, values);
    }
    return chosen;
  }

  /** With Grafana's own macros. */
  private JsonNode ask(Query query, Map<String, List<String>> chosen) throws IOException {
    return api.query(Macros.choose(query.sql(), chosen), query.format());
  }

  private static boolean isHere() {
    return System.getenv("GRAFANA_HOME") != null
        || Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
            .filter(folder -> !folder.isEmpty())
            .flatMap(
                folder -> Stream.of("grafana", "grafana-server").map(name -> Path.of(folder, name)))
            .anyMatch(Files::isExecutable);
  }
}
