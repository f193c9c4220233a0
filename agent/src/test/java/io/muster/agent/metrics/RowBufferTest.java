package io.muster.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.agent.metrics.RowBuffer.Batch;
import io.muster.agent.provider.QuotaSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Order, bound and count of the buffer. */
class RowBufferTest {
  /** What is done to the buffer; rows are numbered in the order they are offered. */
  sealed interface Step {
    record Offer(int rows) implements Step {}

    /** Takes, and gives back if the sending fails. */
    record Send(int max, boolean fails, int offeredMeanwhile) implements Step {}
  }

  @Property(tries = 300)
  void whateverHappens_orderIsKept_theBoundHolds_andEachRowIsWrittenOrCountedOnce(
      @ForAll @IntRange(min = 1, max = 9) int capacity, @ForAll("steps") List<Step> steps)
      throws InterruptedException {
    RowBuffer buffer = new RowBuffer(capacity);
    Deque<Integer> model = new ArrayDeque<>();
    List<Integer> sent = new ArrayList<>();
    int next = 0;
    long dropped = 0;
    for (Step step : steps) {
      switch (step) {
        case Step.Offer offer -> {
          next = offer(buffer, model, next, offer.rows());
          dropped += trim(model, capacity);
        }
        case Step.Send send -> {
          if (buffer.state().size() > 0) {
            Batch batch =
                Objects.requireNonNull(buffer.take(send.max(), Duration.ZERO), "not closed");
            List<Integer> numbers = numbers(batch);
            assertThat(numbers).hasSizeLessThanOrEqualTo(send.max()).isNotEmpty();
            numbers.forEach(number -> assertThat(number).isEqualTo(model.removeFirst()));
            next = offer(buffer, model, next, send.offeredMeanwhile());
            dropped += trim(model, capacity);
            if (send.fails()) {
              numbers.reversed().forEach(model::addFirst);
              dropped += trim(model, capacity);
              buffer.putBack(batch);
            } else {
              sent.addAll(numbers);
            }
          }
        }
      }
      assertThat(buffer.state().size()).isEqualTo(model.size()).isLessThanOrEqualTo(capacity);
      assertThat(buffer.state().dropped()).isEqualTo(dropped);
    }
    assertThat(sent).isSorted().doesNotHaveDuplicates();
    assertThat(sent.size() + dropped + model.size()).isEqualTo(next);
  }

  private static int offer(RowBuffer buffer, Deque<Integer> model, int next, int rows) {
    List<Row<?>> offered = new ArrayList<>();
    for (int number = next; number < next + rows; number++) {
      offered.add(numbered(number));
      model.addLast(number);
    }
    buffer.offer(offered);
    return next + rows;
  }

  private static int trim(Deque<Integer> model, int capacity) {
    int dropped = 0;
    while (model.size() > capacity) {
      model.removeFirst();
      dropped++;
    }
    return dropped;
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Step> offer = Arbitraries.integers().between(0, 12).map(Step.Offer::new);
    Arbitrary<Step> send =
        Arbitraries.integers()
            .between(1, 6)
            .flatMap(max ->
                Arbitraries.of(true, false)
                    .flatMap(fails ->
                        Arbitraries.integers()
                            .between(0, 5)
                            .map(meanwhile -> new Step.Send(max, fails, meanwhile))));
    return Arbitraries.oneOf(offer, send).list().ofMaxSize(40);
  }

  @Test
  void take_waitsForTheLinger_unlessTheBatchIsFull() throws InterruptedException {
    RowBuffer buffer = new RowBuffer(10);
    buffer.offer(List.of(numbered(1), numbered(2)));
    assertThat(numbers(buffer.take(2, Duration.ofHours(1)))).containsExactly(1, 2);
    buffer.offer(List.of(numbered(3)));
    assertThat(numbers(buffer.take(2, Duration.ofMillis(5)))).containsExactly(3);
  }

  @Test
  void take_givesWhatIsLeftAndThenNull_onceClosed() throws InterruptedException {
    RowBuffer buffer = new RowBuffer(10);
    buffer.offer(List.of(numbered(1)));
    buffer.close();
    assertThat(numbers(buffer.take(5, Duration.ofHours(1)))).containsExactly(1);
    assertThat(buffer.take(5, Duration.ofHours(1))).isNull();
  }

  @Test
  void state_tellsHowLongTheOldestWaits_alsoAfterItWasGivenBack() throws InterruptedException {
    RowBuffer buffer = new RowBuffer(10);
    assertThat(buffer.state().oldestNanos()).isZero();
    long before = System.nanoTime();
    buffer.offer(List.of(numbered(1)));
    buffer.putBack(Objects.requireNonNull(buffer.take(1, Duration.ZERO)));
    long waited = buffer.state().oldestNanos();
    assertThat(waited).isPositive().isLessThanOrEqualTo(System.nanoTime() - before);
  }

  private static Row<?> numbered(int number) {
    QuotaSample sample = new QuotaSample(Instant.EPOCH, "p", "r", (long) number, null);
    return new Row<>(Tables.QUOTA_METRICS, null, Instant.EPOCH, sample);
  }

  private static List<Integer> numbers(@Nullable Batch batch) {
    return Objects.requireNonNull(batch).rows().stream()
        .map(row -> ((QuotaSample) row.value()).used())
        .map(used -> Math.toIntExact(Objects.requireNonNull(used)))
        .toList();
  }
}
