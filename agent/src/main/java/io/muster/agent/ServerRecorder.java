package io.muster.agent;

import io.muster.agent.inspect.Tape;
import io.muster.agent.poll.PollSettings;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Exchange;
import io.muster.agent.provider.Provider;
import io.muster.agent.provider.ProviderException;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.Tick;
import io.muster.protocol.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Polls and checks one server as the agent would, onto a tape. */
final class ServerRecorder {
  /** Every call of the rota has had its turn long before, whatever the size of the cluster. */
  static final int MOST_CYCLES = 40;

  private final Server server;
  private final Provider provider;
  private final Tape tape;
  private final Consumer<String> progress;
  private int cycles;
  private int failures;

  ServerRecorder(Server server, Provider provider, Tape tape, Consumer<String> progress) {
    this.server = server;
    this.provider = provider;
    this.tape = tape;
    this.progress = progress;
  }

  /** Polls made. */
  int cycles() {
    return cycles;
  }

  /** Polls and checks that read nothing at all. */
  int failures() {
    return failures;
  }

  /**
   * Blocks until it is done: an interval for each poll, then the check.
   *
   * @param wanted polls; null = until one asks for nothing that was not asked before
   */
  void run(@Nullable Integer wanted) throws InterruptedException {
    Duration interval = new PollSettings("", "", null).intervalOf(server);
    Set<String> asked = new HashSet<>();
    boolean more = true;
    while (more) {
      Instant tick = floor(Instant.now(), interval);
      poll(new Tick(tick, interval, Deadline.after(PollCommand.PATIENCE)));
      boolean news = asked.addAll(tape.exchanges().stream().map(ServerRecorder::question).toList());
      more = wanted == null ? news && cycles < MOST_CYCLES : cycles < wanted;
      if (more) {
        Thread.sleep(Math.max(0, Duration.between(Instant.now(), tick.plus(interval)).toMillis()));
      }
    }
    check();
  }

  private void poll(Tick tick) {
    cycles++;
    try {
      Snapshot snapshot = provider.poll(tick);
      progress.accept("poll %d: %d calls".formatted(cycles, snapshot.apiCalls()));
      snapshot
          .gaps()
          .forEach(gap -> progress.accept("  not read: " + gap.subject() + ": " + gap.message()));
    } catch (ProviderException e) {
      failures++;
      progress.accept("poll %d failed: %s".formatted(cycles, e.getMessage()));
    }
  }

  private void check() {
    try {
      provider.check(Deadline.after(CheckCommand.PATIENCE));
      progress.accept("check: done");
    } catch (ProviderException e) {
      failures++;
      progress.accept("check failed: " + e.getMessage());
    }
  }

  /** Who was asked what: the query only says since when. */
  private static String question(Exchange exchange) {
    int query = exchange.path().indexOf('?');
    return exchange.endpoint()
        + (query < 0 ? exchange.path() : exchange.path().substring(0, query));
  }

  private static Instant floor(Instant now, Duration interval) {
    long millis = interval.toMillis();
    return Instant.ofEpochMilli(now.toEpochMilli() / millis * millis);
  }
}
