package io.muster.control.live;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Takes what happens, and keeps the newest of it for each tenant. Thread-safe. */
@Singleton
public final class LiveEvents {
  /** Who is away for longer reads anew; also what an event costs memory for. */
  static final Duration KEPT = Duration.ofMinutes(10);

  private final EventText text;
  private final Map<UUID, Ring> rings = new ConcurrentHashMap<>();
  private final Semaphore news = new Semaphore(0);

  LiveEvents(EventText text) {
    this.text = text;
  }

  /** Tells it to everybody who may hear it and reads along; does not wait for them. */
  public void publish(LiveEvent event) {
    ring(event.tenant()).add(number -> text.frame(number, event));
    wake();
  }

  Ring ring(UUID tenant) {
    return rings.computeIfAbsent(tenant, _ -> new Ring());
  }

  void forgetOld(Instant now) {
    Instant limit = now.minus(KEPT);
    rings.values().forEach(ring -> ring.forget(limit));
  }

  /** Ends an {@link #await}. */
  void wake() {
    news.release();
  }

  /** Blocks until something is new, at most for {@code patience}. */
  void await(Duration patience) throws InterruptedException {
    if (news.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      news.drainPermits();
    }
  }
}
