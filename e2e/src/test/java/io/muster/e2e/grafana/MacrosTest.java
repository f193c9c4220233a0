package io.muster.e2e.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against the texts that Grafana's source makes. */
class MacrosTest {
  private static final Range RANGE =
      new Range(
          Instant.parse("2026-11-21T08:00:00Z"), Instant.parse("2026-11-21T14:00:00.120000001Z"));

  @Test
  void timeFilter_hasBothBoundsToTheNanosecond() {
    assertThat(expand("WHERE $__timeFilter(ts)"))
        .isEqualTo("WHERE ts BETWEEN '2026-11-21T08:00:00Z' AND '2026-11-21T14:00:00.120000001Z'");
  }

  @Test
  void fractions_endWithoutZeros() {
    var range =
        new Range(
            Instant.parse("2026-11-21T08:00:00.5Z"), Instant.parse("2026-11-21T14:00:00.120Z"));
    assertThat(Macros.expand("$__timeFrom() $__timeTo()", range, "10s", Map.of()))
        .isEqualTo("'2026-11-21T08:00:00.5Z' '2026-11-21T14:00:00.12Z'");
  }

  @Test
  void intervalAndEpochs_arePlainTextAndNumbers() {
    assertThat(expand("SAMPLE BY $__interval -- $__interval_ms $__unixEpochFrom()"))
        .isEqualTo("SAMPLE BY 10s -- 10000 1795248000");
    assertThat(Macros.expand("$__interval_ms", RANGE, "1d", Map.of())).isEqualTo("86400000");
  }

  @Test
  void timeGroup_becomesSecondsOfTheEpoch() {
    assertThat(expand("$__timeGroup(ts, 1m)")).isEqualTo("floor(extract(epoch from ts)/60)*60");
  }

  @Test
  void sqlstring_quotesOneAndMany_andDoublesAQuote() {
    assertThat(expand("IN (${one:sqlstring})")).isEqualTo("IN ('a')");
    assertThat(expand("IN (${many:sqlstring})")).isEqualTo("IN ('a','O''Hara''s $1 \\ box')");
  }

  @Test
  void whatIsNotQuotedOrNotKnown_isRefused() {
    assertThatThrownBy(() -> expand("IN ($one)")).hasMessageContaining("${one:sqlstring}");
    assertThatThrownBy(() -> expand("IN (${one})")).hasMessageContaining("${one:sqlstring}");
    assertThatThrownBy(() -> expand("IN (${other:sqlstring})")).hasMessageContaining("other");
    assertThatThrownBy(() -> expand("$__sampleByInterval()")).hasMessageContaining("Unknown macro");
    assertThatThrownBy(() -> expand("$__rate_interval")).hasMessageContaining("standing");
  }

  private static String expand(String sql) {
    return Macros.expand(
        sql, RANGE, "10s", Map.of("one", List.of("a"), "many", List.of("a", "O'Hara's $1 \\ box")));
  }
}
