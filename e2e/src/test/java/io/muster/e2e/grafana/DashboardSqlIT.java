package io.muster.e2e.grafana;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every SQL text of every dashboard, as the read-only user, on a real QuestDB: with all intervals,
 * all choices of the variables, on seeded tables and on empty ones.
 */
@TestInstance(Lifecycle.PER_CLASS)
class DashboardSqlIT {
  private static final List<String> INTERVALS = List.of("10s", "1m", "1h", "1d");

  private static final Duration USUAL = Duration.ofHours(6);

  /** Over two days the hourly views are read, by queries that hold this condition. */
  private static final Duration LONG = Duration.ofDays(4);

  private static final String ONLY_LONG = "$__unixEpochTo() - $__unixEpochFrom() > 172800";

  /** Ranges end after what is seeded while tests run. */
  private static final Duration AHEAD = Duration.ofMinutes(15);

  private final Provisioned provisioned = Provisioned.ofCheckout();
  private final MusterQuestDb empty;
  private final MusterQuestDb seeded;
  private final Seed seed;
  private final SampleFleet fleet;

  DashboardSqlIT(@TempDir Path folder) throws Exception {
    empty = MusterQuestDb.start(folder.resolve("empty"));
    seeded = MusterQuestDb.start(folder.resolve("seeded"));
    seed = seeded.seed();
    fleet = new SampleFleet(seed).sow();
  }

  @AfterAll
  void end() throws SQLException {
    seed.close();
    seeded.close();
    empty.close();
  }

  @Test
  void reader_canOnlyRead() {
    assertThatThrownBy(() -> seeded.reader().ask("TRUNCATE TABLE events"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("denied");
  }

  @TestFactory
  Stream<DynamicTest> everyQuery_runsOnEmptyTables() {
    return tests(query -> {
      var choices = new Choices(empty.reader(), dashboard(query), range(query)).all();
      for (var interval : intervals(query)) {
        for (var range : List.of(reaching(USUAL), reaching(LONG))) {
          checkShape(query, ask(empty, query, range, interval, choices));
        }
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> everyQuery_answersOnSeededTables() {
    return tests(query -> {
      fleet.beat();
      var choices = new Choices(seeded.reader(), dashboard(query), range(query)).all();
      for (var interval : intervals(query)) {
        var answer = ask(seeded, query, range(query), interval, choices);
        checkShape(query, answer);
        assertThat(answer.rows()).as("rows at %s of\n%s", interval, query.sql()).isNotEmpty();
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> everyQuery_runsWithOneAndManyAndQuotedChoices() {
    return tests(query -> {
      fleet.beat();
      var choices = new Choices(seeded.reader(), dashboard(query), range(query));
      for (var chosen : List.of(choices.first(), choices.some(), choices.quoted())) {
        checkShape(query, ask(seeded, query, range(query), "1m", chosen));
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> variables_offerWhatIsThereAndNothingElse() {
    return tests(query -> {
      if (query.of() != Query.Of.VARIABLE) {
        return;
      }
      fleet.beat();
      var answer =
          ask(
              seeded,
              query,
              range(query),
              "1m",
              new Choices(seeded.reader(), dashboard(query), range(query)).all());
      var values = answer.cells(answer.columns().getFirst().name());
      assertThat(values).doesNotHaveDuplicates().doesNotContainNull();
      assertThat(values).doesNotContain(SampleFleet.REMOVED.id());
    });
  }

  private interface Check {
    void of(Query query) throws Exception;
  }

  private Stream<DynamicTest> tests(Check check) {
    return provisioned.dashboards().stream()
        .flatMap(dashboard -> dashboard.queries().stream())
        .map(query -> DynamicTest.dynamicTest(query.place(), () -> check.of(query)));
  }

  private Answer ask(
      MusterQuestDb db,
      Query query,
      Range range,
      String interval,
      Map<String, List<String>> variables)
      throws SQLException {
    var sql = Macros.expand(query.sql(), range, interval, variables);
    try {
      return db.reader().ask(sql);
    } catch (SQLException refused) {
      throw new AssertionError(refused.getMessage() + "\n" + sql, refused);
    }
  }

  private static void checkShape(Query query, Answer answer) {
    var columns = answer.columns();
    if (query.of() == Query.Of.VARIABLE) {
      assertThat(columns).hasSizeBetween(1, 2).allMatch(Answer.Column::isText);
      if (columns.size() == 2) {
        assertThat(columns).extracting(Answer.Column::name).containsExactly("__value", "__text");
      }
    }
    if (query.isTimeSeries() || query.of() == Query.Of.ANNOTATION) {
      assertThat(answer.index("time")).as("a column called time").isNotNegative();
      assertThat(columns.get(answer.index("time")).isTime()).as("time is a time").isTrue();
    }
    if (query.isTimeSeries()) {
      assertThat(columns)
          .filteredOn(column -> !column.name().equals("time"))
          .allMatch(column -> column.isNumber() || column.isText());
      assertThat(columns).anyMatch(Answer.Column::isNumber);
      var times =
          answer.cells("time").stream()
              .map(time ->
                  OffsetDateTime.parse(Objects.requireNonNull(time).replace(' ', 'T') + "Z"))
              .toList();
      assertThat(times).isSorted();
      assertThat(series(answer)).as("one value a series and time").doesNotHaveDuplicates();
    }
  }

  /** Of each row its time and its texts: of rows that are alike in these Grafana draws one only. */
  private static List<List<@Nullable String>> series(Answer answer) {
    var keys = new ArrayList<List<@Nullable String>>();
    for (var row : answer.rows()) {
      var key = new ArrayList<@Nullable String>();
      for (var i = 0; i < row.size(); i++) {
        if (!answer.columns().get(i).isNumber()) {
          key.add(row.get(i));
        }
      }
      keys.add(key);
    }
    return keys;
  }

  private static List<String> intervals(Query query) {
    return query.sql().contains("$__interval") ? INTERVALS : List.of("10s");
  }

  /**
   * The range for which a query is there: that of its panel where it has one ({@code timeFrom}), a
   * long one where it says so, else the dashboard's.
   */
  static Range range(Query query) {
    if (query.sql().contains(ONLY_LONG)) {
      return reaching(LONG);
    }
    var own = query.owner().path("timeFrom").asText("");
    return reaching(own.isEmpty() ? USUAL : Duration.parse("PT" + own.toUpperCase(Locale.ROOT)));
  }

  private static Range reaching(Duration length) {
    var range = Range.last(length);
    return new Range(range.from(), range.to().plus(AHEAD));
  }

  private Dashboard dashboard(Query query) {
    return provisioned.dashboard(query.place().substring(0, query.place().indexOf(',')));
  }
}
