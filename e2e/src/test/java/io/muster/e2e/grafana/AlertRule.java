package io.muster.e2e.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A rule of {@code provisioning/alerting}.
 *
 * @param file where it stands
 * @param tree as it stands there
 */
record AlertRule(String file, JsonNode tree) {
  static List<AlertRule> all(Provisioned provisioned) {
    var rules = new ArrayList<AlertRule>();
    provisioned
        .files("alerting")
        .forEach((file, tree) -> {
          for (var group : tree.path("groups")) {
            group.path("rules").forEach(rule -> rules.add(new AlertRule(file, rule)));
          }
        });
    return rules;
  }

  /** One thing that the rule judges, with the labels that tell it from others. */
  record Instance(Map<String, String> labels, double value) {
    String label(String name) {
      return Objects.requireNonNull(labels.get(name), name);
    }
  }

  /** As in {@code alert_thresholds} and in the names of its view and its runbook. */
  String name() {
    return tree.path("uid").asText().replaceFirst("^muster-", "");
  }

  JsonNode data(String refId) {
    return tree.path("data")
        .valueStream()
        .filter(data -> data.path("refId").asText().equals(refId))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name() + " has no " + refId));
  }

  String sql(String refId) {
    return data(refId).path("model").path("rawSql").asText();
  }

  /** The queries that go to QuestDB. */
  List<String> queries() {
    return tree.path("data")
        .valueStream()
        .filter(data -> data.path("datasourceUid").asText().equals("questdb"))
        .map(data -> data.path("refId").asText())
        .toList();
  }

  JsonNode threshold() {
    return data(tree.path("condition").asText()).path("model").path("conditions").path(0);
  }

  /**
   * As Grafana's hysteresis: what fires goes on until the second evaluator lets it off.
   *
   * @param firing whether it fired at the evaluation before
   */
  boolean fires(double value, boolean firing) {
    return firing
        ? !Evaluator.of(threshold().path("unloadEvaluator")).holds(value)
        : Evaluator.of(threshold().path("evaluator")).holds(value);
  }

  /** What a query gives, in the form that Grafana's alerting demands of a table. */
  List<Instance> instances(Reader reader, String refId) throws SQLException {
    var answer = reader.ask(sql(refId));
    var numbers = answer.columns().stream().filter(Answer.Column::isNumber).toList();
    if (numbers.size() != 1
        || !answer.columns().stream().allMatch(column -> column.isNumber() || column.isText())) {
      throw new AssertionError(
          "%s %s gives no table of labels and one number, but %s"
              .formatted(name(), refId, answer.columns()));
    }
    var instances = new ArrayList<Instance>();
    for (var row : answer.rows()) {
      var labels = new LinkedHashMap<String, String>();
      var value = Double.NaN;
      for (var i = 0; i < row.size(); i++) {
        var column = answer.columns().get(i);
        var cell = row.get(i);
        if (cell == null) {
          throw new AssertionError(name() + " " + refId + " has no " + column.name() + ": " + row);
        }
        if (column.isText()) {
          labels.put(column.name(), cell);
        } else {
          value = Double.parseDouble(cell);
        }
      }
      instances.add(new Instance(labels, value));
    }
    return instances;
  }
}
