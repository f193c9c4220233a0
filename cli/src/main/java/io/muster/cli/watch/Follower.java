package io.muster.cli.watch;

import io.muster.cli.api.Call;
import io.muster.cli.api.ControlApi;
import io.muster.cli.api.ControlException;
import io.muster.cli.api.EventStream;
import io.muster.cli.api.ServerEvent;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Follows a stream of events, also over its breaks. */
final class Follower {
  /** People see seconds count; a screen is not drawn more often. */
  private static final Duration TICK = Duration.ofMillis(250);

  /** Unless the API names another. */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);

  /** Short enough that a restarted API is noticed, long enough not to knock at one in trouble. */
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final ControlApi api;
  private final Call stream;
  private final Viewer viewer;
  private final long end;
  private final Random random = new Random();
  private @Nullable String lastId;
  private Duration firstPause = FIRST_PAUSE;
  private int breaks;
  private boolean isLoginOver;

  /**
   * @param time null = for ever
   */
  Follower(ControlApi api, Call stream, Viewer viewer, @Nullable Duration time) {
    this.api = api;
    this.stream = stream;
    this.viewer = viewer;
    this.end = time == null ? Long.MAX_VALUE : time.toNanos();
  }

  /**
   * Blocks until the time is over.
   *
   * @throws ControlException when there is no stream at first, or it is refused later
   */
  void follow() {
    var begin = System.nanoTime();
    var wasThere = false;
    while (left(begin) > 0) {
      try (var events = api.listen(stream, lastId)) {
        if (!isLoginOver) {
          viewer.listening(wasThere);
        }
        wasThere = true;
        isLoginOver = false;
        read(events, begin);
      } catch (ControlException lost) {
        if (!wasThere || isForGood(lost)) {
          throw lost;
        }
        rest(String.valueOf(lost.getMessage()), begin);
      }
    }
  }

  private void read(EventStream events, long begin) {
    try {
      while (left(begin) > 0) {
        var event = events.next(Duration.ofNanos(Math.min(TICK.toNanos(), left(begin))));
        isLoginOver = isLoginOver || (event != null && isEndOfLogin(event));
        if (event != null && !isLoginOver) {
          viewer.told(event);
        }
        viewer.tick();
      }
    } finally {
      firstPause = Objects.requireNonNullElse(events.retry(), firstPause);
      if (!events.lastId().isEmpty()) {
        lastId = events.lastId();
        breaks = 0;
      }
    }
  }

  private long left(long begin) {
    return end - (System.nanoTime() - begin);
  }

  /** A kept login renews itself, so that is nothing to tell; else the next answer is a refusal. */
  private static boolean isEndOfLogin(ServerEvent event) {
    return event.kind().equals("reset")
        && event.data().path("reason").asText().equals("access-ended");
  }

  /** No answer, one from a proxy, and trouble of the API pass; another refusal stays. */
  private static boolean isForGood(ControlException lost) {
    return lost.status() / 100 == 4 && lost.status() != 429;
  }

  private void rest(String why, long begin) {
    var pause = pause();
    if (!isLoginOver) {
      viewer.lost(why, pause);
    }
    var over = System.nanoTime() + pause.toNanos();
    try {
      for (var rest = pause; !rest.isNegative() && left(begin) > 0; ) {
        Thread.sleep(rest.compareTo(TICK) < 0 ? rest : TICK);
        viewer.tick();
        rest = Duration.ofNanos(over - System.nanoTime());
      }
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new ControlException("Interrupted.", ended);
    }
  }

  /** Longer from time to time, and not all readers at once. */
  private Duration pause() {
    var doubled = firstPause.multipliedBy(1L << Math.min(breaks++, 10));
    var longest = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    return Duration.ofMillis((long) (longest.toMillis() * (0.5 + random.nextDouble() / 2)));
  }
}
