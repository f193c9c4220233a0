package io.muster.e2e.grafana;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What a threshold expression of Grafana says of a number.
 *
 * @param type one of Grafana's words
 */
record Evaluator(String type, List<Double> params) {
  Evaluator {
    params = List.copyOf(params);
  }

  static Evaluator of(JsonNode tree) {
    return new Evaluator(
        tree.path("type").asText(),
        tree.path("params").valueStream().map(JsonNode::asDouble).toList());
  }

  boolean holds(double value) {
    double first = params.getFirst();
    return switch (type) {
      case "gt" -> value > first;
      case "lt" -> value < first;
      case "gte" -> value >= first;
      case "lte" -> value <= first;
      case "eq" -> value == first;
      case "ne" -> value != first;
      case "within_range" -> value > first && value < params.get(1);
      case "within_range_included" -> value >= first && value <= params.get(1);
      case "outside_range" -> value < first || value > params.get(1);
      case "outside_range_included" -> value <= first || value >= params.get(1);
      default -> throw new IllegalArgumentException("Grafana has no evaluator " + type);
    };
  }
}
