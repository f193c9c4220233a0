package io.muster.simulator.openstack.world;

import io.muster.simulator.openstack.model.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The nova-compute of a host: whether it works, and what waits for it while it does not. */
public final class Compute {
  /** Nova's default report_interval. */
  private static final Duration REPORTS = Duration.ofSeconds(10);

  private final Host host;
  private final Duration down;
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private volatile @Nullable Instant hungSince;
  private volatile CompletableFuture<Boolean> recovered = CompletableFuture.completedFuture(true);
  private volatile @Nullable String disabledReason;
  private volatile boolean forcedDown;

  Compute(Host host, Duration down) {
    this.host = host;
    this.down = down;
  }

  public Host host() {
    return host;
  }

  /** When Nova last heard of it. */
  public Instant heard(Instant now) {
    Instant hung = hungSince;
    long period = REPORTS.toMillis();
    Instant until = hung == null ? now : hung;
    // Each host reports at its own second.
    long offset = host.number() * 1000L % period;
    return until.minusMillis(Math.floorMod(until.toEpochMilli() - offset, period));
  }

  /** Whether Nova believes that it works. */
  public boolean isUp(Instant now) {
    Instant hung = hungSince;
    return !forcedDown && (hung == null || now.isBefore(hung.plus(down)));
  }

  public boolean isEnabled() {
    return disabledReason == null;
  }

  /** Why the administrator took it out, or null. */
  public @Nullable String disabledReason() {
    return disabledReason;
  }

  public boolean isForcedDown() {
    return forcedDown;
  }

  /** Takes it out of scheduling, or back with null. */
  public void disable(@Nullable String reason) {
    disabledReason = reason;
  }

  /** Lets the administrator say that it is down. */
  public void forceDown(boolean isDown) {
    forcedDown = isDown;
  }

  /** It answers no more and reports no more; its guests run on. */
  synchronized void hang(Instant since) {
    if (hungSince == null) {
      recovered = new CompletableFuture<>();
      hungSince = since;
    }
  }

  /** It works again, and carries out first what was asked meanwhile. */
  void recover() {
    Deque<Runnable> now;
    synchronized (this) {
      hungSince = null;
      now = new ArrayDeque<>(waiting);
      waiting.clear();
    }
    recovered.complete(true);
    now.forEach(Runnable::run);
  }

  public boolean isHung() {
    return hungSince != null;
  }

  /** Does it now, or once the host works again. */
  void cast(Runnable deed) {
    synchronized (this) {
      if (hungSince != null) {
        waiting.add(deed);
        return;
      }
    }
    deed.run();
  }

  /** Waits until it answers; false when it did not within that time. */
  boolean answersWithin(Duration time) throws InterruptedException {
    try {
      return recovered.get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("Nothing lets a recovery fail", e);
    }
  }
}
