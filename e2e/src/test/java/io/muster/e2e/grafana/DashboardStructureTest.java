package io.muster.e2e.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Grafana would stumble over, or show without meaning. */
class DashboardStructureTest {
  private static final Provisioned PROVISIONED = Provisioned.ofCheckout();

  /** Unit ids that Grafana has and that say what our columns hold. */
  private static final Set<String> UNITS =
      Set.of(
          "percent",
          "percentunit",
          "bytes",
          "decbytes",
          "bps",
          "Bps",
          "binBps",
          "d",
          "s",
          "ms",
          "cps",
          "dtdurations",
          "dateTimeFromNow",
          "dateTimeAsIso",
          "time:YYYY-MM-DD",
          "celsius",
          "short",
          "string",
          "none");

  /** Panels that show no values of ours. */
  private static final Set<String> WITHOUT_VALUES = Set.of("row", "text", "alertlist");

  private static final Set<String> SOURCES =
      Set.of(
          "grafana-postgresql-datasource questdb",
          "grafana -- Grafana --",
          "datasource -- Grafana --");

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(?!_)([A-Za-z]\\w*)");
  private static final Pattern LINK = Pattern.compile("/d/([\\w-]+)([^\"]*)");
  private static final Pattern LINKED_VARIABLE = Pattern.compile("var-(\\w+)=");

  static Stream<Dashboard> dashboards() {
    return PROVISIONED.dashboards().stream();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panels_haveIdsTitlesAndDescriptions(Dashboard dashboard) {
    assertThat(dashboard.panels())
        .extracting(panel -> panel.path("id").asInt())
        .doesNotHaveDuplicates()
        .allMatch(id -> id > 0);
    for (var panel : dashboard.panels()) {
      assertThat(panel.path("title").asText()).isNotBlank();
      if (!isRow(panel)) {
        assertThat(panel.path("description").asText()).as(title(panel)).isNotBlank();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panelsWithValues_haveUnitThresholdsAndAReasonWhenEmpty(Dashboard dashboard) {
    for (var panel : withValues(dashboard)) {
      var defaults = panel.path("fieldConfig").path("defaults");
      assertThat(panel.path("targets")).as(title(panel)).isNotEmpty();
      assertThat(defaults.path("unit").asText()).as(title(panel)).isIn(UNITS);
      assertThat(defaults.path("noValue").asText()).as(title(panel)).isNotBlank();
      var steps = defaults.path("thresholds").path("steps");
      assertThat(steps).as(title(panel)).isNotEmpty();
      assertThat(steps.get(0).path("value").isNull()).as(title(panel)).isTrue();
    }
    for (var override : dashboard.tree().findValues("overrides")) {
      for (var property : override.findValues("properties")) {
        property
            .valueStream()
            .filter(each -> each.path("id").asText().equals("unit"))
            .forEach(unit -> assertThat(unit.path("value").asText()).isIn(UNITS));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panels_lieOnTheGridAndNotOnEachOther(Dashboard dashboard) {
    noOverlap(Dashboard.stream(dashboard.tree().path("panels")).toList());
    for (var panel : dashboard.panels()) {
      noOverlap(Dashboard.stream(panel.path("panels")).toList());
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void sources_areOursOrGrafanasOwn(Dashboard dashboard) {
    for (var source : dashboard.tree().findValues("datasource")) {
      // Within the list of alerts the source is told by its name.
      var named =
          source.isTextual()
              ? "grafana " + source.asText()
              : source.path("type").asText() + " " + source.path("uid").asText();
      assertThat(named).isIn(SOURCES);
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void variables_areDeclaredAndUsed(Dashboard dashboard) {
    var declared = new TreeSet<String>();
    dashboard.variables().forEach(variable -> declared.add(variable.path("name").asText()));
    var used = new TreeSet<String>();
    for (var text : texts(dashboard.tree())) {
      VARIABLE.matcher(text).results().forEach(match -> used.add(match.group(1)));
    }
    assertThat(used).isEqualTo(declared);
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void links_leadToDashboardsAndVariablesThatExist(Dashboard dashboard) {
    for (var text : texts(dashboard.tree())) {
      Matcher link = LINK.matcher(text);
      while (link.find()) {
        var target = PROVISIONED.dashboard(link.group(1));
        var there = target.variables().stream().map(each -> each.path("name").asText()).toList();
        assertThat(LINKED_VARIABLE.matcher(link.group(2)).results().map(match -> match.group(1)))
            .as(text)
            .isSubsetOf(there);
        assertThat(link.group(2)).as(text).contains("${__url_time_range}");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void nothingLeadsOutside_andNothingIsSecret(Dashboard dashboard) {
    assertThat(Provisioned.text(dashboard.file()))
        .doesNotContainPattern("(?i)[a-z]+://")
        .doesNotContainPattern("(?i)password|secret|bearer|apitoken|ticket=");
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void sql_keepsToWhatQuestDbUnderstands_andToTheChosenServers(Dashboard dashboard) {
    for (var query : dashboard.queries()) {
      assertThat(query.sql())
          .as(query.place())
          .doesNotContainIgnoringCase("having")
          .doesNotContain("$__timeGroup", "SELECT * FROM vm_metrics");
      assertThat(query.format()).as(query.place()).isIn("time_series", "table");
      if (query.of() != Query.Of.VARIABLE) {
        assertThat(query.sql())
            .as(query.place())
            .containsPattern("\\$\\{(site|server|few):sqlstring}");
        assertThat(query.owner().findValues("rawQuery")).allMatch(JsonNode::asBoolean);
      }
    }
  }

  private static List<JsonNode> withValues(Dashboard dashboard) {
    return dashboard.panels().stream()
        .filter(panel -> !WITHOUT_VALUES.contains(panel.path("type").asText()))
        .toList();
  }

  private static void noOverlap(List<JsonNode> panels) {
    var taken = new HashSet<List<Integer>>();
    for (var panel : panels) {
      var place = panel.path("gridPos");
      for (var side : List.of("x", "y", "w", "h")) {
        assertThat(place.path(side).isInt()).as(title(panel) + " " + side).isTrue();
      }
      var right = place.path("x").asInt() + place.path("w").asInt();
      assertThat(right).as(title(panel)).isLessThanOrEqualTo(24);
      for (var x = place.path("x").asInt(); x < right; x++) {
        for (var y = 0; y < place.path("h").asInt(); y++) {
          assertThat(taken.add(List.of(x, place.path("y").asInt() + y)))
              .as("%s overlaps", title(panel))
              .isTrue();
        }
      }
    }
  }

  private static boolean isRow(JsonNode panel) {
    return panel.path("type").asText().equals("row");
  }

  private static String title(JsonNode panel) {
    return panel.path("title").asText();
  }

  private static List<String> texts(JsonNode tree) {
    var texts = new ArrayList<String>();
    if (tree.isTextual()) {
      texts.add(tree.asText());
    }
    tree.forEach(child -> texts.addAll(texts(child)));
    return texts;
  }
}
