package io.muster.agent.proxmox;

import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Event;
import io.muster.agent.provider.Gap;
import io.muster.agent.provider.PeerCertificate;
import io.muster.agent.provider.Sample;
import io.muster.agent.provider.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /** A check asks in three rounds, one of which may be two deep; each ends in time, hung or not. */
  private static final int CHECK_SHARES = 5;

  private final ApiClient client;
  private final Tick tick;
  private final Instant now;
  private final CallCounter calls = new CallCounter();
  private final Slots slowSlots;
  private final Duration longestCall;
  private final Deadline exportsEnd;
  private volatile Deadline slowEnd;
  final List<Sample> samples = new ArrayList<>();
  final List<Event> events = new ArrayList<>();
  final List<Gap> gaps = new ArrayList<>();

  /**
   * @param now the agent's clock
   */
  Cycle(ApiClient client, Tick tick, Instant now) {
    this(client, tick, now, SLOW_CALLS_AT_ONCE, tick.deadline().remaining());
  }

  private Cycle(
      ApiClient client, Tick tick, Instant now, int slowCallsAtOnce, Duration longestCall) {
    this.client = client;
    this.slowSlots = new Slots(slowCallsAtOnce);
    this.longestCall = longestCall;
    this.tick = tick;
    this.now = now;
    Duration whole = tick.deadline().remaining();
    Duration part = whole.dividedBy(MARGIN_PART);
    Duration margin = part.compareTo(LONGEST_MARGIN) < 0 ? part : LONGEST_MARGIN;
    this.exportsEnd = tick.deadline().atMost(whole.minus(margin));
    this.slowEnd = tick.deadline().atMost(whole.minus(margin.multipliedBy(2)));
  }

  /** For a person who waits: no call takes more than its share, and none waits for exports. */
  static Cycle ofCheck(ApiClient client, Deadline deadline, Instant now) {
    return new Cycle(
        client,
        new Tick(now, Duration.ZERO, deadline),
        now,
        HttpSetup.MAX_IN_FLIGHT,
        deadline.remaining().dividedBy(CHECK_SHARES));
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
    return client.get(at, path, reader, exportsEnd.atMost(longestCall), calls);
  }

  /**
   * Asks for a slower fact: ends before the exports do, and leaves them a place at each address.
   *
   * @throws NotAskedException when another one took all the time at this address
   */
  <T> T askSlowly(Endpoint at, String path, ApiClient.ReplyReader<T> reader) throws CallException {
    if (!slowSlots.acquire(at, slowEnd)) {
      throw new NotAskedException(path);
    }
    try {
      if (slowEnd.passed()) {
        throw new NotAskedException(path);
      }
      return client.get(at, path, reader, slowEnd.atMost(longestCall), calls);
    } finally {
      slowSlots.release(at);
    }
  }

  /** The certificate last seen at an address; null = none yet. */
  @Nullable PeerCertificate certificate(Endpoint at) {
    return client.certificate(at);
  }
}
