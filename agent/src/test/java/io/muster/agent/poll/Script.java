package io.muster.agent.poll;

import io.muster.agent.provider.ChangeListener;
import io.muster.agent.provider.CheckReport;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Provider;
import io.muster.agent.provider.ProviderException;
import io.muster.agent.provider.ServerFacts;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.Tick;
import io.muster.protocol.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A driver that does what it is told, and remembers what was asked of it. */
final class Script implements Provider {
  static final Answer WELL = tick -> snapshot();

  final List<Instant> ticks = new CopyOnWriteArrayList<>();
  final AtomicInteger inside = new AtomicInteger();
  final AtomicInteger mostInside = new AtomicInteger();
  volatile Answer answer = WELL;
  volatile boolean closed;
  volatile ChangeListener listener = changes -> {};

  interface Answer {
    Snapshot to(Tick tick) throws ProviderException, InterruptedException;
  }

  static Answer failing(Failure failure) {
    return tick -> {
      throw new ProviderException(failure, "Cannot read the test server", 2, null);
    };
  }

  static Snapshot snapshot() {
    return new Snapshot(
        new ServerFacts("9.1.2", null, null, null, null, List.of(), null),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        true,
        true,
        List.of(),
        3,
        2,
        2,
        12L);
  }

  @Override
  public Snapshot poll(Tick tick) throws ProviderException {
    ticks.add(tick.at());
    mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
    try {
      return answer.to(tick);
    } catch (InterruptedException e) {
      throw new ProviderException(Failure.DEADLINE_EXCEEDED, "Interrupted", 1, e);
    } finally {
      inside.decrementAndGet();
    }
  }

  @Override
  public void listen(ChangeListener other) {
    listener = other;
  }

  @Override
  public CheckReport check(Deadline deadline) {
    return new CheckReport(
        snapshot().facts(), List.of("a"), Duration.ofMillis(5), List.of(), List.of());
  }

  @Override
  public void close() {
    closed = true;
  }
}
