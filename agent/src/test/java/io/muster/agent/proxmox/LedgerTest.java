package io.muster.agent.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LedgerTest {
  private static final long LATEST = 10_000;

  private final Ledger ledger = new Ledger();

  private static Export sample(long second, double uptime, double received) {
    Export export = new Export();
    add(export, second, uptime, received);
    return export;
  }

  private static void add(Export export, long second, double uptime, double received) {
    Measures measures = new Measures();
    measures.set(Metric.UPTIME, uptime);
    measures.set(Metric.NET_IN, received);
    export.put("qemu/100", second, measures);
  }

  @Test
  void firstLook_takesTheNewestAloneWithTheOneBeforeAsBaseline() {
    Export export = sample(1000, 50, 7000);
    add(export, 1010, 60, 8000);

    List<Measurement> taken = ledger.take(export, null, LATEST);

    assertThat(taken).hasSize(1);
    assertThat(taken.getFirst().epochSecond()).isEqualTo(1010);
    assertThat(taken.getFirst().sampleSeconds()).isEqualTo(10);
    assertThat(taken.getFirst().rate(Metric.NET_IN)).isEqualTo(100);
  }

  @Test
  void repeatedGeneration_isNothingNew() {
    ledger.take(sample(1000, 50, 7000), null, LATEST);

    assertThat(ledger.take(sample(1000, 50, 7000), 1000L, LATEST)).isEmpty();
  }

  @Test
  void samplesUpToTheWatermark_areBaselinesOnly() {
    Export export = sample(1000, 50, 7000);
    add(export, 1010, 60, 8000);
    add(export, 1020, 70, 8500);

    List<Measurement> taken = ledger.take(export, 1010L, LATEST);

    assertThat(taken).extracting(Measurement::epochSecond).containsExactly(1020L);
    assertThat(taken.getFirst().rate(Metric.NET_IN)).isEqualTo(50);
  }

  @Test
  void counterThatFell_hasNoRate() {
    ledger.take(sample(1000, 50, 7000), null, LATEST);

    assertThat(rate(ledger.take(sample(1010, 60, 6999), 1000L, LATEST))).isNull();
    assertThat(rate(ledger.take(sample(1020, 70, 7009), 1010L, LATEST))).isEqualTo(1);
  }

  @Test
  void uptimeThatFell_hasNoRateThoughTheCounterGrew() {
    ledger.take(sample(1000, 500, 7000), null, LATEST);

    assertThat(rate(ledger.take(sample(1010, 5, 9000), 1000L, LATEST))).isNull();
  }

  @Test
  void baselineTooOld_hasNoRate() {
    ledger.take(sample(1000, 500, 7000), null, LATEST);

    List<Measurement> taken = ledger.take(sample(1301, 801, 9000), 1000L, LATEST);

    assertThat(rate(taken)).isNull();
    assertThat(taken.getFirst().sampleSeconds()).isNull();
  }

  @Test
  void sampleOfTheFuture_isDroppedAndHidesNothing() {
    ledger.take(sample(1000, 50, 7000), null, 1060);
    Export export = sample(99_999, 60, 8000);

    assertThat(ledger.take(export, 1000L, 1070)).isEmpty();
    assertThat(rate(ledger.take(sample(1010, 60, 8000), 1000L, 1070))).isEqualTo(100);
  }

  private static @Nullable Double rate(List<Measurement> taken) {
    assertThat(taken).hasSize(1);
    return taken.getFirst().rate(Metric.NET_IN);
  }
}
