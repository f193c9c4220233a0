package io.muster.e2e.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What makes all dashboards one: who knows the fleet's knows the others'. */
class HouseStyleTest {
  private static final Provisioned PROVISIONED = Provisioned.ofCheckout();
  private static final Dashboard FLEET = PROVISIONED.dashboard("muster-fleet");

  /** These come first and in this order; what else a dashboard asks for comes after. */
  private static final List<String> ORDER = List.of("site", "provider", "server", "node", "vm");

  private static final List<String> FILTERS = List.of("site", "provider", "server");

  /** A dashboard about one platform offers its servers only. */
  private static final Map<String, String> PLATFORMS =
      Map.of("muster-kubernetes", "kubernetes", "muster-openstack", "openstack");

  private static final String OF_PROVIDER = "provider IN (${provider:sqlstring})";

  static Stream<Dashboard> dashboards() {
    return PROVISIONED.dashboards().stream();
  }

  @Test
  void uidsAndTitles_areUnique() {
    assertThat(dashboards().map(Dashboard::uid)).doesNotHaveDuplicates();
    assertThat(dashboards().map(dashboard -> dashboard.tree().path("title").asText()))
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void header_isTheSameEverywhere(Dashboard dashboard) {
    var tree = dashboard.tree();
    assertThat(dashboard.file().getFileName()).hasToString(dashboard.uid() + ".json");
    assertThat(dashboard.uid()).hasSizeBetween(8, 40);
    assertThat(tree.path("description").asText()).isNotBlank();
    assertThat(tree.has("id")).isTrue();
    assertThat(tree.path("id").isNull()).isTrue();
    assertThat(tree.has("__inputs")).isFalse();
    for (var key :
        List.of(
            "schemaVersion",
            "editable",
            "graphTooltip",
            "refresh",
            "time",
            "timezone",
            "tags",
            "links")) {
      assertThat(tree.path(key)).as(key).isEqualTo(FLEET.tree().path(key));
    }
    assertThat(tree.path("schemaVersion").asInt()).isEqualTo(42);
    assertThat(tree.path("editable").asBoolean()).isTrue();
    assertThat(tree.path("refresh").asText()).isEqualTo("10s");
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void text_isIndentedByTwo(Dashboard dashboard) throws JsonProcessingException {
    assertThat(Provisioned.text(dashboard.file())).isEqualTo(pretty(dashboard.tree()) + "\n");
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void firstPanel_isTheAgeOfTheLastPoll(Dashboard dashboard) {
    var first = dashboard.panels().getFirst();
    assertThat(first.path("title").asText()).isEqualTo("Last poll");
    assertThat(first.path("gridPos").path("x").asInt()).isZero();
    assertThat(first.path("gridPos").path("y").asInt()).isZero();
    assertThat(without(first, "gridPos", "id"))
        .isEqualTo(without(FLEET.panels().getFirst(), "gridPos", "id"));
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void variables_standInTheSameOrder_andFilterAlike(Dashboard dashboard) {
    var names = dashboard.variables().stream().map(variable -> name(variable)).toList();
    assertThat(names).doesNotHaveDuplicates();
    assertThat(names.subList(0, FILTERS.size())).isEqualTo(FILTERS);
    assertThat(names.stream().filter(ORDER::contains))
        .isEqualTo(ORDER.stream().filter(names::contains).toList());
    for (var i = 0; i < FILTERS.size(); i++) {
      // A dashboard about one thing lets one be chosen: all else is the same.
      assertThat(without(dashboard.variables().get(i), "multi", "includeAll", "current"))
          .isEqualTo(without(expected(dashboard, i), "multi", "includeAll", "current"));
    }
    for (var variable : dashboard.variables()) {
      assertThat(variable.path("label").asText()).as(name(variable)).isNotBlank();
      assertThat(variable.has("allValue")).as(name(variable)).isFalse();
      if (variable.path("type").asText().equals("query")) {
        assertThat(variable.path("refresh").asInt()).as(name(variable)).isEqualTo(2);
        assertThat(variable.path("definition")).isEqualTo(variable.path("query"));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void annotations_areAlertChangesAndEvents(Dashboard dashboard) {
    var annotations = dashboard.annotations();
    assertThat(annotations).hasSize(2);
    assertThat(annotations.getFirst()).isEqualTo(FLEET.annotations().getFirst());
    assertThat(name(annotations.getLast())).isEqualTo("Events");
    assertThat(annotations.getLast().path("target").path("rawSql").asText())
        .contains("FROM events", "severity IN ('warning', 'error')", "LIMIT");
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void statusWords_haveTheirColourEverywhere(Dashboard dashboard) {
    var fleet = statusMapping();
    for (var mapping : valueMappings(dashboard.tree())) {
      mapping
          .path("options")
          .propertyStream()
          .filter(word -> fleet.path("options").has(word.getKey()))
          .forEach(word ->
              assertThat(without(word.getValue(), "index"))
                  .as(word.getKey())
                  .isEqualTo(without(fleet.path("options").path(word.getKey()), "index")));
    }
  }

  @Test
  void everyUnifiedStatus_hasAWordAndAColour() {
    var words =
        "up down unknown disabled maintenance online offline ready not-ready running stopped paused"
            + " suspended pending failed succeeded available unavailable ok warning error";
    for (var word : words.split(" ", -1)) {
      var shown = statusMapping().path("options").path(word);
      assertThat(shown.path("text").asText()).as(word).isEqualTo(word);
      assertThat(shown.path("color").asText()).as(word).isNotBlank();
    }
  }

  /** The fleet's, by its word for a server that answers. */
  private static JsonNode statusMapping() {
    return valueMappings(FLEET.tree()).stream()
        .filter(mapping -> mapping.path("options").has("up"))
        .findFirst()
        .orElseThrow();
  }

  /** Those of panels and those of overrides. */
  private static List<JsonNode> valueMappings(JsonNode tree) {
    var found = new ArrayList<JsonNode>();
    if (tree.path("type").asText().equals("value") && tree.path("options").isObject()) {
      found.add(tree);
    }
    tree.forEach(child -> found.addAll(valueMappings(child)));
    return found;
  }

  /** The fleet's filter; that of servers with the dashboard's platform, if it is about one. */
  private static JsonNode expected(Dashboard dashboard, int filter) {
    ObjectNode expected = FLEET.variables().get(filter).deepCopy();
    var platform = PLATFORMS.get(dashboard.uid());
    if (platform != null && name(expected).equals("server")) {
      for (var key : List.of("query", "definition")) {
        var sql = expected.path(key).asText();
        assertThat(sql).contains(OF_PROVIDER);
        expected.put(
            key, sql.replace(OF_PROVIDER, OF_PROVIDER + " AND provider = '" + platform + "'"));
      }
    }
    return expected;
  }

  private static String name(JsonNode named) {
    return named.path("name").asText();
  }

  private static JsonNode without(JsonNode tree, String... keys) {
    ObjectNode copy = tree.deepCopy();
    copy.remove(List.of(keys));
    return copy;
  }

  private static String pretty(JsonNode tree) throws JsonProcessingException {
    var lines = new DefaultIndenter("  ", "\n");
    var separators =
        Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withArrayEmptySeparator("")
            .withObjectEmptySeparator("");
    var printer = new DefaultPrettyPrinter(separators);
    printer.indentArraysWith(lines);
    printer.indentObjectsWith(lines);
    return new ObjectMapper().writer(printer).writeValueAsString(tree);
  }
}
