package io.muster.control.live;

import io.muster.control.caller.Caller;
import io.muster.control.caller.Sight;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

/**
 * Somebody who reads along. It keeps a place in its tenant's events and no queue of its own; how
 * far it may fall behind is bounded by what is kept. One thread advances it.
 */
final class Reader {
  /** Proxies and browsers take a stream that is silent for longer for a dead one. */
  static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** Two heart-beats: a line that takes nothing for so long is dead. */
  static final Duration STUCK_AFTER = Duration.ofSeconds(30);

  /** About 10 kB at once: what a slow line has been given can't be taken back. */
  private static final int MAX_AT_ONCE = 32;

  private final Caller caller;
  private final String token;
  private final Ring ring;
  private final Interest interest;
  private final EventText text;
  private long position;
  private @Nullable Reset missed;
  private boolean greeted;
  private boolean over;
  private Instant lastTaken = Instant.now();
  private volatile @Nullable Reset end;
  private volatile @Nullable FluxSink<byte[]> sink;

  /**
   * @param token that it showed, to ask again whose it is
   * @param position number of the last event that it knows
   * @param missed why it has to read anew first; null = it goes on where it was
   */
  Reader(
      Caller caller,
      String token,
      Ring ring,
      Interest interest,
      EventText text,
      long position,
      @Nullable Reset missed) {
    this.caller = caller;
    this.token = token;
    this.ring = ring;
    this.interest = interest;
    this.text = text;
    this.position = position;
    this.missed = missed;
  }

  Caller caller() {
    return caller;
  }

  String token() {
    return token;
  }

  /** What it is told, for one subscriber; {@code wanting} is run when more can be taken. */
  Publisher<byte[]> stream(Runnable wanting, Runnable gone) {
    return Flux.create(
        to -> {
          sink = to;
          to.onRequest(_ -> wanting.run());
          to.onDispose(gone::run);
        },
        FluxSink.OverflowStrategy.ERROR);
  }

  /** Says goodbye at the next turn. */
  void end(Reset why) {
    end = why;
  }

  /** Ends without a word. */
  void stop() {
    FluxSink<byte[]> to = sink;
    if (to != null) {
      to.complete();
    }
  }

  /** The number of the newest event that it could be told. */
  long newest() {
    return ring.newest();
  }

  /**
   * Tells what there is to be told, as far as it is taken.
   *
   * @param newest of the events that {@code sight} knows the servers of
   */
  void advance(Sight sight, long newest, Instant now) {
    FluxSink<byte[]> to = sink;
    while (to != null && !over && !to.isCancelled() && to.requestedFromDownstream() > 0) {
      byte[] next = next(sight, newest, now);
      if (next == null) {
        return;
      }
      lastTaken = now;
      to.next(next);
      if (over) {
        to.complete();
      }
    }
  }

  /** Whether the line takes nothing any more. */
  boolean isDead(Instant now) {
    return now.isAfter(lastTaken.plus(STUCK_AFTER));
  }

  /** Null = nothing. */
  private byte @Nullable [] next(Sight sight, long newest, Instant now) {
    if (!greeted) {
      greeted = true;
      return text.greeting(position);
    }
    Reset last = ring.follows(position) ? end : Reset.TOO_SLOW;
    Reset reset = last == null ? missed : last;
    if (reset != null) {
      over = last != null;
      missed = null;
      position = newest;
      return text.reset(position, reset);
    }
    byte[] news = news(sight, newest);
    if (news != null) {
      return news;
    }
    return now.isAfter(lastTaken.plus(HEARTBEAT)) ? text.heartbeat(position) : null;
  }

  private byte @Nullable [] news(Sight sight, long newest) {
    while (position < newest) {
      ByteArrayOutputStream seen = new ByteArrayOutputStream();
      for (Frame frame : ring.after(position, (int) Math.min(MAX_AT_ONCE, newest - position))) {
        position = frame.number();
        byte[] told = interest.told(frame, sight);
        seen.write(told, 0, told.length);
      }
      if (seen.size() > 0) {
        return seen.toByteArray();
      }
    }
    return null;
  }
}
