package io.muster.agent.proxmox;

import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Event;
import io.muster.agent.provider.Gap;
import io.muster.agent.provider.Sample;
import io.muster.agent.provider.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * One poll under way: how to ask, until when, and what was found so far. Lists belong to the poll's
 * thread.
 */
final class Cycle {
  /** Making the snapshot of what has come must still fit before the deadline. */
  static final Duration LONGEST_MARGIN = Duration.ofSeconds(1);

  /** Of a short poll, the margin is this part of its time. */
  private static final int MARGIN_PART = 10;

  /** Two calls fit at one address: one that hangs leaves the other to the exports. */
  private static final int SLOW_CALLS_AT_ONCE = 1;

  private final ApiClient client;
  private final Tick tick;
  private final Instant now;
  private final CallCounter calls = new CallCounter();
  private final Map<Endpoint, Semaphore> slowSlots = new ConcurrentHashMap<>();
  private final Deadline exportsEnd;
  private volatile Deadline slowEnd;
  final List<Sample> samples = new ArrayList<>();
  final List<Event> events = new ArrayList<>();
  final List<Gap> gaps = new ArrayList<>();

  /**
   * @param now the agent's clock
   */
  Cycle(ApiClient client, Tick tick, Instant now) {
    this.client = client;
    this.tick = tick;
    this.now = now;
    Duration whole = tick.deadline().remaining();
    Duration part = whole.dividedBy(MARGIN_PART);
    Duration margin = part.compareTo(LONGEST_MARGIN) < 0 ? part : LONGEST_MARGIN;
    this.exportsEnd = tick.deadline().atMost(whole.minus(margin));
    this.slowEnd = tick.deadline().atMost(whole.minus(margin.multipliedBy(2)));
  }

  Instant at() {
    return tick.at();
  }

  Duration interval() {
    return tick.interval();
  }

  Instant now() {
    return now;
  }

  Deadline deadline() {
    return tick.deadline();
  }

  int apiCalls() {
    return calls.total();
  }

  /** Leaves the exports half of what is left, where they come after the slow calls. */
  void hurrySlowCalls() {
    slowEnd = slowEnd.atMost(slowEnd.remaining().dividedBy(2));
  }

  /** Asks what the whole poll depends on. */
  <T> T ask(Endpoint at, String path, ApiClient.ReplyReader<T> reader, Deadline deadline)
      throws CallException {
    return client.get(at, path, reader, deadline, calls);
  }

  /** Asks for the samples of nodes: one that hangs ends before the poll does. */
  <T> T askExport(Endpoint at, String path, ApiClient.ReplyReader<T> reader) throws CallException {
    return client.get(at, path, reader, exportsEnd, calls);
  }

  /**
   * Asks for a slower fact: ends before the exports do, and leaves them a place at each address.
   *
   * @throws NotAskedException when another one took all the time at this address
   */
  <T> T askSlowly(Endpoint at, String path, ApiClient.ReplyReader<T> reader) throws CallException {
    Semaphore slot = slowSlots.computeIfAbsent(at, key -> new Semaphore(SLOW_CALLS_AT_ONCE, true));
    try {
      if (!slot.tryAcquire(slowEnd.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new NotAskedException(path);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotAskedException(path);
    }
    try {
      if (slowEnd.passed()) {
        throw new NotAskedException(path);
      }
      return client.get(at, path, reader, slowEnd, calls);
    } finally {
      slot.release();
    }
  }
}
