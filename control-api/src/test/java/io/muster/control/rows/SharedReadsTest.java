package io.muster.control.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
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
  void sameQuestionAtTheSameTime_isReadOnce() throws InterruptedException {
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    List<Object> answers = Collections.synchronizedList(new ArrayList<>());
    List<Thread> callers = new ArrayList<>();
    callers.add(
        Thread.startVirtualThread(() ->
            answers.add(
                shared.get(
                    "q",
                    () -> {
                      reading.countDown();
                      await(go);
                      return counted();
                    }))));
    reading.await();
    // A read that takes longer than answers are kept is shared as long as it runs.
    now.addAndGet(2 * SharedReads.REUSED.toNanos());
    for (int i = 0; i < 20; i++) {
      callers.add(Thread.startVirtualThread(() -> answers.add(shared.get("q", this::counted))));
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (callers.stream().anyMatch(caller -> caller.getState() != Thread.State.WAITING)) {
      assertThat(System.nanoTime()).as("all wait").isLessThan(end);
      LockSupport.parkNanos(1_000_000);
    }
    go.countDown();
    for (Thread caller : callers) {
      caller.join();
    }

    assertThat(answers).hasSize(21).containsOnly(List.of(1));
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
