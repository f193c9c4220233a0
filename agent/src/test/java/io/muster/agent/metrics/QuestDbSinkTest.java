package io.muster.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.agent.metrics.RowSink.Outcome;
import io.muster.agent.provider.QuotaSample;
import io.muster.agent.provider.VmStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What QuestDB refuses, and what that costs. */
class QuestDbSinkTest {
  /** A mapping gone wrong: text for a column of numbers. */
  private static final Table<String> BROKEN =
      Table.<String>ofServer("quota_metrics")
          .symbol("project", p -> p)
          .text("used", p -> p)
          .build();

  private static final TestQuestDb DB = TestQuestDb.shared();

  private final Origin origin = Rows.origin();
  private final Instant start = Rows.now().minusSeconds(600);

  @Test
  void aRefusedRow_costsItselfAlone_notItsBatchNorOtherTables() throws Exception {
    List<Row<?>> rows = new ArrayList<>();
    for (int number = 0; number < 1_000; number++) {
      Instant ts = start.plusMillis(number);
      rows.add(
          number == 123 || number == 124 || number == 999
              ? new Row<>(BROKEN, origin, ts, "many")
              : quota(ts, number));
      rows.add(new Row<>(Tables.VM_STATES, origin, ts, Rows.vm("qemu:1", VmStatus.RUNNING)));
    }
    Outcome outcome = send(rows);
    assertThat(outcome.written()).isEqualTo(1_997);
    assertThat(outcome.refused()).hasSize(3);
    QuarantinedRow first = outcome.refused().getFirst();
    assertThat(first.table()).isEqualTo("quota_metrics");
    assertThat(first.row()).contains("ts=" + start.plusMillis(123), "project=many");
    assertThat(first.reason()).contains("used", "400");
    assertThat(count("quota_metrics")).isEqualTo(997);
    assertThat(count("vm_states")).isEqualTo(1_000);
  }

  @Test
  void aRowBefore1970_isRefusedAlone() throws Exception {
    Outcome outcome =
        send(List.of(quota(start, 1), quota(Instant.parse("1969-12-31T23:59:59Z"), 2)));
    assertThat(outcome.refused()).hasSize(1);
    assertThat(count("quota_metrics")).isEqualTo(1);
  }

  @Test
  void theSink_worksOn_afterARefusal() throws Exception {
    try (QuestDbSink sink = sink()) {
      assertThat(sink.send(List.of(new Row<>(BROKEN, origin, start, "many"))).refused()).hasSize(1);
      assertThat(sink.send(List.of(quota(start, 1))).written()).isEqualTo(1);
    }
    assertThat(count("quota_metrics")).isEqualTo(1);
  }

  @Test
  void aLongText_isCut_andStored() throws Exception {
    Instant ts = start;
    Outcome outcome =
        send(
            List.of(
                new Row<>(
                    Tables.CONNECTION_METRICS,
                    origin,
                    ts,
                    new Tables.AttemptRow(
                        "agent-1",
                        new ConnectionAttempt(
                            ts,
                            null,
                            1,
                            0,
                            io.muster.protocol.Failure.UNEXPECTED_ANSWER,
                            "x".repeat(1_000_000),
                            BreakerState.OPEN,
                            java.time.Duration.ofSeconds(1),
                            java.time.Duration.ofSeconds(10),
                            "direct",
                            null,
                            null,
                            null)))));
    assertThat(outcome.refused()).isEmpty();
    DB.settle("connection_metrics");
    assertThat(
            DB.number(
                "SELECT length(error_message) FROM connection_metrics WHERE server_id = '"
                    + origin.serverId()
                    + "'"))
        .isEqualTo(Table.MAX_TEXT_CHARS);
  }

  private Row<?> quota(Instant ts, int number) {
    return new Row<>(
        Tables.QUOTA_METRICS, origin, ts, new QuotaSample(ts, "p", "r", (long) number, null));
  }

  private static QuestDbSink sink() {
    return new QuestDbSink(DB.settings(), DB.installer(), Clock.systemUTC());
  }

  private static Outcome send(List<Row<?>> rows) throws RowSink.UnavailableException {
    try (QuestDbSink sink = sink()) {
      return sink.send(rows);
    }
  }

  private long count(String table) {
    DB.settle(table);
    return DB.number(
        "SELECT count() FROM " + table + " WHERE server_id = '" + origin.serverId() + "'");
  }
}
