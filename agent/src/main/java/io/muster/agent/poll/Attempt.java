package io.muster.agent.poll;

import io.muster.agent.provider.Provider;
import io.muster.agent.provider.ProviderException;
import io.muster.agent.provider.Tick;
import io.muster.protocol.Failure;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * One poll on a thread of its own, so that a driver which does not keep its deadline costs this
 * poll and not the server's loop. Used once.
 */
final class Attempt {
  /** What a driver may take, after its deadline, to notice it and return. */
  static final Duration GRACE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

  private final Provider provider;
  private final Tick tick;
  private final Duration timeout;
  private final Depth depth;
  private final Thread worker;
  private final long startNanos = System.nanoTime();
  private volatile @Nullable Outcome outcome;

  /** How much is asked. */
  enum Depth {
    POLL,
    LOOK
  }

  private Attempt(Provider provider, Depth depth, Tick tick, Duration timeout, String name) {
    this.provider = provider;
    this.depth = depth;
    this.tick = tick;
    this.timeout = timeout;
    Map<String, String> context = MDC.getCopyOfContextMap();
    worker =
        Thread.ofVirtual()
            .name("poll " + name)
            .unstarted(() -> {
              MDC.setContextMap(context == null ? Map.of() : context);
              outcome = poll();
            });
  }

  static Attempt start(Provider provider, Depth depth, Tick tick, Duration timeout, String name) {
    Attempt attempt = new Attempt(provider, depth, tick, timeout, name);
    attempt.worker.start();
    return attempt;
  }

  /**
   * Blocks until the poll has ended, at most until its deadline and twice the grace.
   *
   * @throws InterruptedException when this thread is told to stop; the poll goes on
   */
  Outcome await() throws InterruptedException {
    if (!worker.join(timeout.plus(GRACE))) {
      worker.interrupt();
      worker.join(GRACE);
    }
    Outcome ended = outcome;
    return ended != null ? ended : cutOff();
  }

  /** Lets the poll end within {@code patience}, then cuts it off; null = it was cut off. */
  @Nullable Outcome finish(Duration patience) throws InterruptedException {
    if (!worker.join(patience)) {
      worker.interrupt();
    }
    return outcome;
  }

  /** The driver ignored both its deadline and the interrupt: it must not be used again. */
  boolean stuck() {
    return worker.isAlive();
  }

  private Outcome poll() {
    try {
      return switch (depth) {
        case POLL ->
            new Outcome.Answered(
                Objects.requireNonNull(provider.poll(tick), "a driver returned no snapshot"),
                elapsed());
        case LOOK -> new Outcome.Looked(provider.look(tick), elapsed());
      };
    } catch (ProviderException e) {
      LOG.debug("The poll failed", e);
      return new Outcome.Failed(e.failure(), messageOf(e), e.apiCalls(), elapsed());
    } catch (Throwable e) {
      return bug(e);
    }
  }

  private Outcome bug(Throwable e) {
    if (elapsed().compareTo(timeout.plus(GRACE)) >= 0) {
      LOG.debug("The poll was cut off", e);
      return cutOff();
    }
    return new Outcome.Bug("The agent failed inside while polling: " + e, e, elapsed());
  }

  private Outcome cutOff() {
    return new Outcome.Failed(
        Failure.DEADLINE_EXCEEDED,
        "The poll was cut off: no end within %d ms".formatted(timeout.toMillis()),
        0,
        elapsed());
  }

  private static String messageOf(ProviderException e) {
    String message = e.getMessage();
    return message != null ? message : e.failure().name();
  }

  private Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }
}
