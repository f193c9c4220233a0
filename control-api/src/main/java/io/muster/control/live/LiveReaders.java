package io.muster.control.live;

import io.micronaut.context.annotation.Bean;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Scope;
import io.muster.control.caller.Sight;
import io.muster.control.caller.Sights;
import io.muster.control.caller.TenantServer;
import io.muster.control.problem.ProblemException;
import io.muster.control.server.SiteInventory;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everybody who reads along; one thread tells them all. */
@Singleton
@Bean(preDestroy = "close")
final class LiveReaders {
  private static final Logger LOG = LoggerFactory.getLogger(LiveReaders.class);

  /** A script on each of some machines; more is a leak. */
  static final int MAX_OF_CALLER = 10;

  /** Each holds a connection, and some MB when its line stops in the middle of a flood. */
  static final int MAX = 500;

  private static final String TRY_AGAIN_SECONDS = "30";

  /** One burst of changes is told at once. */
  private static final Duration BURST = Duration.ofMillis(50);

  /** How late a heart-beat may be. */
  private static final Duration TICK = Duration.ofSeconds(1);

  private final LiveEvents events;
  private final EventText text;
  private final Sights sights;
  private final SiteInventory inventory;
  private final Set<Reader> readers = ConcurrentHashMap.newKeySet();
  private final Map<Audience, Sight> known = new HashMap<>();
  private long revision;
  private @Nullable Thread thread;
  private volatile boolean closed;

  /** Who sees the same. */
  private record Audience(UUID tenant, Scope scope) {}

  LiveReaders(LiveEvents events, EventText text, Sights sights, SiteInventory inventory) {
    this.events = events;
    this.text = text;
    this.sights = sights;
    this.inventory = inventory;
  }

  /**
   * Lets somebody read along from now on.
   *
   * @param token that the caller showed
   * @param server whose events are wanted, by id or {@code name:}; null = all
   * @param last id of the last event that the caller knows; null = none
   * @throws ProblemException 404 when there is no such server, 429 when there are too many readers
   */
  Publisher<byte[]> open(
      Caller caller, String token, @Nullable String server, @Nullable String last) {
    TenantServer only = server == null ? null : sights.of(caller).requireForEvents(server);
    Ring ring = events.ring(caller.tenant());
    long newest = ring.newest();
    OptionalLong resumed = last == null ? OptionalLong.of(newest) : text.number(last);
    boolean follows = resumed.isPresent() && ring.follows(resumed.getAsLong());
    Reader reader =
        new Reader(
            caller,
            token,
            ring,
            new Interest(only),
            text,
            follows ? resumed.getAsLong() : newest,
            follows ? null : Reset.TOO_OLD);
    admit(reader);
    return reader.stream(events::wake, () -> readers.remove(reader));
  }

  private synchronized void admit(Reader reader) {
    UUID caller = reader.caller().id();
    long own = readers.stream().filter(other -> other.caller().id().equals(caller)).count();
    if (own >= MAX_OF_CALLER || readers.size() >= MAX) {
      throw ProblemException.of(
              HttpStatus.TOO_MANY_REQUESTS,
              "too-many-streams",
              own >= MAX_OF_CALLER
                  ? "You read %d streams already: end one of them.".formatted(own)
                  : "All streams that there can be are taken: try again later.")
          .with(HttpHeaders.RETRY_AFTER, TRY_AGAIN_SECONDS);
    }
    readers.add(reader);
    if (thread == null && !closed) {
      thread = Thread.ofVirtual().name("live events").start(this::run);
    }
  }

  Collection<Reader> list() {
    return List.copyOf(readers);
  }

  /** Says goodbye to one of them, and why. */
  void end(Reader reader, Reset why) {
    reader.end(why);
    events.wake();
  }

  void close() {
    closed = true;
    readers.forEach(Reader::stop);
    events.wake();
  }

  private void run() {
    try {
      while (!closed) {
        events.await(TICK);
        Thread.sleep(BURST);
        Instant now = Instant.now();
        events.forgetOld(now);
        readers.forEach(reader -> tell(reader, now));
      }
    } catch (InterruptedException e) {
      LOG.debug("Stopped");
    }
  }

  private void tell(Reader reader, Instant now) {
    try {
      // Before the inventory's revision: of what comes later the server may be new.
      long newest = reader.newest();
      reader.advance(sight(reader.caller()), newest, now);
      if (reader.isDead(now)) {
        readers.remove(reader);
        reader.stop();
      }
    } catch (RuntimeException e) {
      LOG.error("Cannot tell {} what is new", reader.caller().who(), e);
    }
  }

  private Sight sight(Caller caller) {
    long now = inventory.revision();
    if (now != revision) {
      known.clear();
      revision = now;
    }
    return known.computeIfAbsent(
        new Audience(caller.tenant(), caller.scope()), _ -> sights.of(caller));
  }
}
