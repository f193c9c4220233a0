package io.muster.control.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class SharedReadsTest {
  private final AtomicLong now = new AtomicLong();
  private final SharedReads shared = new SharedReads(now::get);
  private final AtomicInteger reads = new AtomicInteger();

  private List<Integer> counted() {
    return List.of(reads.incrementAndGet());
  }

  @Test
  void sameQuestionAtTheSameTime_isReadOnce() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<List<?>>> answers = new ArrayList<>();
      Supplier<List<Integer>> slow =
          () -> {
            reading.countDown();
            await(go);
            return counted();
          };
      answers.add(callers.submit(() -> shared.get("q", slow)));
      reading.await();
      for (int i = 0; i < 20; i++) {
        answers.add(callers.submit(() -> shared.get("q", this::counted)));
      }
      // A read that takes longer than answers are kept is shared as long as it runs.
      now.addAndGet(2 * SharedReads.REUSED.toNanos());
      go.countDown();
      for (Future<List<?>> answer : answers) {
        assertThat(answer.get()).isEqualTo(answers.getFirst().get());
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void answer_isReusedForItsTimeAndNoLonger() {
    shared.get("q", this::counted);
    now.addAndGet(SharedReads.REUSED.toNanos() - 1);
    assertThat(shared.get("q", this::counted)).isEqualTo(List.of(1));

    now.addAndGet(1);
    assertThat(shared.get("q", this::counted)).isEqualTo(List.of(2));
  }

  @Test
  void otherQuestion_hasItsOwnAnswer() {
    RowReader<String> names = row -> row.name("vm");
    shared.get(new Object[] {}, this::counted);

    assertThat(shared.get(Sql.of("SELECT ?", "a"), this::counted)).isEqualTo(List.of(2));
    assertThat(shared.get(Sql.of("SELECT ?", "b"), this::counted)).isEqualTo(List.of(3));
    assertThat(shared.get(Sql.of("SELECT ?", "a"), this::counted)).isEqualTo(List.of(2));
    assertThat(shared.get(names, this::counted)).isEqualTo(List.of(4));
  }

  @Test
  void failure_isNotKept() {
    assertThatThrownBy(() ->
            shared.get(
                "q",
                () -> {
                  throw new HistoryUnavailableException("away");
                }))
        .isInstanceOf(HistoryUnavailableException.class);

    assertThat(shared.get("q", this::counted)).isEqualTo(List.of(1));
  }

  @Test
  void manyRows_areNotKept() {
    Supplier<List<Integer>> many = () -> Collections.nCopies(15_000, reads.incrementAndGet());
    shared.get("a", many);
    shared.get("b", many);

    assertThat(shared.get("b", many).getFirst()).isEqualTo(2);
    assertThat(shared.get("a", many).getFirst()).isEqualTo(3);
  }
}
