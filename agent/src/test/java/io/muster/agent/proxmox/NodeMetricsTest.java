package io.muster.agent.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.agent.provider.CallListener;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Event;
import io.muster.agent.provider.Progress;
import io.muster.agent.provider.Proxies;
import io.muster.agent.provider.Sample;
import io.muster.agent.provider.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whose time a sample carries. */
final class NodeMetricsTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  private static final Resources RESOURCES =
      new Resources(
          List.of(new Resources.Node("alpha", "online", null, new Measures())),
          List.of(),
          List.of());

  private final Watermarks watermarks = new Watermarks();
  private final NodeMetrics metrics =
      new NodeMetrics(new SlowFacts(), watermarks, rrd(Duration.ofHours(6)));

  private RrdBackfill rrd(Duration reach) {
    Tls tls = new Tls(Servers.unverified());
    Members members = new Members(List.of(java.net.URI.create("https://127.0.0.1:1")));
    return new RrdBackfill(
        new NodeRoutes(Map.of(), members, tls), new SlowFacts(), watermarks, reach);
  }

  private Cycle take(Instant now, @Nullable Instant measured, Instant date) {
    Tls tls = new Tls(Servers.unverified());
    try (ApiClient client =
        new ApiClient(Servers.token(), tls, new Proxies(null, Map.of()), CallListener.NONE)) {
      Cycle cycle =
          new Cycle(
              client,
              new Tick(now, Duration.ofSeconds(10), Deadline.after(Duration.ofSeconds(9))),
              now);
      Export export = new Export();
      if (measured != null) {
        Measures measures = new Measures();
        measures.set(Metric.UPTIME, (double) measured.getEpochSecond());
        export.put("node/alpha", measured.getEpochSecond(), measures);
      }
      metrics.begin(RESOURCES, Duration.ofSeconds(10));
      metrics.take(cycle, RESOURCES, "alpha", export, date);
      return cycle;
    }
  }

  @Test
  void sample_carriesTheNodesTime() {
    Cycle cycle = take(NOW, NOW.minusSeconds(4), NOW);

    assertThat(cycle.samples).extracting(Sample::ts).containsExactly(NOW.minusSeconds(4));
    assertThat(watermarks.of("alpha")).isEqualTo(NOW.minusSeconds(4).getEpochSecond());
    assertThat(metrics.startTime("alpha", NOW)).isEqualTo(NOW.minusSeconds(24).getEpochSecond());
  }

  @Test
  void clockAhead_isWrittenAtTheTickAndDoesNotMoveTheWatermark() {
    Cycle ahead = take(NOW, NOW.plusSeconds(600), NOW.plusSeconds(600));
    Cycle right = take(NOW.plusSeconds(10), NOW.plusSeconds(9), NOW.plusSeconds(10));

    assertThat(ahead.samples).extracting(Sample::ts).containsExactly(NOW);
    assertThat(ahead.events).extracting(Event::type).containsExactly("clock-skew");
    assertThat(right.samples).extracting(Sample::ts).containsExactly(NOW.plusSeconds(9));
    assertThat(right.events)
        .extracting(Event::eventId, Event::state, Event::startedAt)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("clock-skew:alpha", Event.State.OK, NOW));
  }

  @Test
  void sampleOfAClockThatWasAhead_isNotTakenWhenTheClockIsRightAgain() {
    take(NOW, NOW.minusSeconds(1), NOW);
    take(NOW.plusSeconds(10), NOW.plusSeconds(75), NOW.plusSeconds(76));
    Cycle left = take(NOW.plusSeconds(16), NOW.plusSeconds(75), NOW.plusSeconds(16));
    Cycle right = take(NOW.plusSeconds(20), NOW.plusSeconds(19), NOW.plusSeconds(20));

    assertThat(left.samples).isEmpty();
    assertThat(right.samples).extracting(Sample::ts).containsExactly(NOW.plusSeconds(19));
    assertThat(watermarks.of("alpha")).isEqualTo(NOW.plusSeconds(19).getEpochSecond());
  }

  @Test
  void clockBehind_isToldByTheDateOfTheAnswer() {
    Cycle behind = take(NOW, NOW.minusSeconds(3600), NOW.minusSeconds(3590));

    assertThat(behind.samples).extracting(Sample::ts).containsExactly(NOW);
    assertThat(metrics.worstSkewMs()).as("to the middle of its second").isEqualTo(-3_589_500L);
    assertThat(metrics.startTime("alpha", NOW)).as("its last generation alone").isNull();
  }

  /** What its clock stamped before it was set is older than what was taken before. */
  @Test
  void clockSetBack_losesNoSample_andWritesNoneTwice() {
    take(NOW, NOW.minusSeconds(1), NOW);
    Cycle before = take(NOW.plusSeconds(10), NOW.minusSeconds(1), NOW.minusSeconds(90));
    Cycle first = take(NOW.plusSeconds(20), NOW.minusSeconds(81), NOW.minusSeconds(80));
    Cycle again = take(NOW.plusSeconds(30), NOW.minusSeconds(81), NOW.minusSeconds(70));
    Cycle farther = take(NOW.plusSeconds(40), NOW.minusSeconds(560), NOW.minusSeconds(559));

    assertThat(before.samples).as("taken before the clock was set").isEmpty();
    assertThat(first.samples).extracting(Sample::ts).containsExactly(NOW.plusSeconds(20));
    assertThat(again.samples).isEmpty();
    assertThat(farther.samples).extracting(Sample::ts).containsExactly(NOW.plusSeconds(40));
  }

  /** Set back, the node itself takes what it stamped before for the future, and keeps it back. */
  @Test
  void firstSampleOfAClockSetBack_isTaken_alsoWhenThereWasNoAnswerBefore() {
    take(NOW, NOW.minusSeconds(1), NOW);
    take(NOW.plusSeconds(10), null, NOW.minusSeconds(290));
    Cycle first = take(NOW.plusSeconds(20), NOW.minusSeconds(289), NOW.minusSeconds(280));

    assertThat(metrics.startTime("alpha", NOW)).as("its last generation alone").isNull();
    assertThat(first.samples).extracting(Sample::ts).containsExactly(NOW.plusSeconds(20));
  }

  /** It was measured between the last poll and the moment when the clock was set. */
  @Test
  void lastSampleOfAWrongClock_isWrittenAtTheTickToo() {
    take(NOW, NOW.plusSeconds(299), NOW.plusSeconds(300));
    Cycle left = take(NOW.plusSeconds(10), NOW.plusSeconds(304), NOW.plusSeconds(10));
    Cycle right = take(NOW.plusSeconds(20), NOW.plusSeconds(19), NOW.plusSeconds(20));

    assertThat(left.samples).extracting(Sample::ts).containsExactly(NOW.plusSeconds(10));
    assertThat(left.events).isEmpty();
    assertThat(right.samples).extracting(Sample::ts).containsExactly(NOW.plusSeconds(19));
    assertThat(right.events).hasSize(1);
  }

  /** Its status daemon waits for a storage, say. */
  @Test
  void longGap_isReadFromRrd_alsoWhenTheNewestSampleIsLate() {
    take(NOW, NOW.minusSeconds(4), NOW);
    watermarks.shrink("export/alpha", 0, 0);
    Instant later = NOW.plus(Duration.ofHours(2));
    take(later, later.minusSeconds(50), later);

    assertThat(watermarks.hole("rrd/node/alpha"))
        .isEqualTo(new Progress.Hole(NOW.minusSeconds(4).getEpochSecond(), Backfill.oldest(later)));
    assertThat(watermarks.hole("export/alpha"))
        .isEqualTo(
            new Progress.Hole(Backfill.oldest(later), later.minusSeconds(50).getEpochSecond()));
  }

  /** Less than a minute: not wrong enough to be said. */
  @Test
  void clockABitBehind_leavesNothingToBeFilledIn() {
    for (int tick = 0; tick < 6; tick++) {
      Instant now = NOW.plusSeconds(10L * tick);
      Cycle cycle = take(now, now.minusSeconds(50), now.minusSeconds(48));
      assertThat(cycle.samples).as("tick %d", tick).hasSize(1);
      assertThat(watermarks.holes("export/")).as("tick %d", tick).hasSizeLessThan(2);
      watermarks.shrink("export/alpha", 0, 0);
    }
    assertThat(metrics.startTime("alpha", NOW.plusSeconds(60)))
        .isEqualTo(NOW.minusSeconds(20).getEpochSecond());
  }
}
