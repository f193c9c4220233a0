package io.muster.e2e.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorTest {
  @ParameterizedTest
  @CsvSource({
    "gt, 1, 2, 1.1|3, 1|0|NaN",
    "lt, 1, 2, 0.9|-1, 1|2|NaN",
    "gte, 1, 2, 1|2, 0.9",
    "lte, 1, 2, 1|0, 1.1",
    "eq, 1, 2, 1, 2",
    "ne, 1, 2, 2, 1",
    "within_range, 1, 2, 1.5, 1|2|3",
    "within_range_included, 1, 2, 1|1.5|2, 0.9|2.1",
    "outside_range, 1, 2, 0.9|2.1, 1|2|1.5",
    "outside_range_included, 1, 2, 1|2|3, 1.5",
  })
  void holds_asGrafanaSays(String type, double first, double second, String yes, String no) {
    var evaluator = new Evaluator(type, List.of(first, second));
    for (var value : yes.split("\\|", -1)) {
      assertThat(evaluator.holds(Double.parseDouble(value))).as(value).isTrue();
    }
    for (var value : no.split("\\|", -1)) {
      assertThat(evaluator.holds(Double.parseDouble(value))).as(value).isFalse();
    }
  }
}
