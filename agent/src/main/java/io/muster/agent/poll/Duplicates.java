package io.muster.agent.poll;

import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Identity;
import io.muster.agent.provider.Progress;
import io.muster.protocol.Server;
import io.muster.protocol.ServerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the inventory are one server, and which one of them is polled: the first, or the
 * next while that one can't be read. Thread-safe.
 */
final class Duplicates {
  /** One lost answer is weather: at the second, the next entry takes over. */
  static final int FAILURES_TO_STAND_BACK = 2;

  /** In the inventory's order. */
  private Map<ServerId, Seat> seats = new LinkedHashMap<>();

  /** Those that are no longer in it and whose last poll may still be under way. */
  private final Map<ServerId, Seat> leaving = new HashMap<>();

  /** What an entry does at a tick. */
  sealed interface Role {
    /**
     * It is polled.
     *
     * @param elsewhere how far other entries have read the same server
     */
    record Polled(List<Progress> elsewhere) implements Role {
      public Polled {
        elsewhere = List.copyOf(elsewhere);
      }
    }

    /** It is looked at; the named one before it is polled. */
    record Duplicate(String of) implements Role {}

    /** It could not be read and is looked at until it can; the named one after it is polled. */
    record Replaced(String by) implements Role {}
  }

  /** What is known of an entry. Guarded by the owner. */
  private static final class Seat {
    final Server server;
    @Nullable Identity identity;
    boolean looked;
    boolean recognized;
    int failures;
    boolean away;

    /** A poll of it is under way. */
    boolean polling;

    /** How far it was read; null = not at all. */
    @Nullable Progress own;

    /** How far the one was read that it was a duplicate of, or that is gone. */
    @Nullable Progress inherited;

    /** The one that it was a duplicate of at its last tick. */
    @Nullable ServerId follows;

    /** It differs from that one since then, as far as both were read. */
    @Nullable Instant differsSince;

    Seat(Server server) {
      this.server = server;
    }

    boolean readable() {
      return !away && failures < FAILURES_TO_STAND_BACK;
    }
  }

  /** Takes the entries that are polled, in the inventory's order. */
  synchronized void seat(List<Server> polled) {
    Map<ServerId, Seat> next = new LinkedHashMap<>();
    for (Server server : polled) {
      Seat before = seats.remove(server.entry().id());
      next.put(server.entry().id(), before == null ? new Seat(server) : kept(before, server));
    }
    leaving.putAll(seats);
    seats = next;
    notifyAll();
  }

  /** Its loop has ended: how far it came is left to those that are the same. */
  synchronized void left(ServerId id) {
    Seat gone = leaving.remove(id);
    if (gone != null && gone.own != null) {
      for (Seat seat : seats.values()) {
        if (same(seat, gone)) {
          seat.inherited = gone.own;
        }
      }
    }
  }

  private @Nullable Seat seat(ServerId id) {
    Seat seat = seats.get(id);
    return seat != null ? seat : leaving.get(id);
  }

  /** A changed entry is read anew; until then it counts as what it was. */
  private static Seat kept(Seat before, Server server) {
    if (before.server.equals(server)) {
      return before;
    }
    Seat seat = new Seat(server);
    seat.identity = before.identity;
    seat.follows = before.follows;
    seat.own = before.own;
    seat.inherited = before.inherited;
    return seat;
  }

  /** Its loop begins: whatever was said of it was said of another configuration. */
  synchronized void enter(ServerId id) {
    Seat seat = seats.get(id);
    if (seat != null) {
      seat.recognized = false;
      seat.looked = false;
    }
  }

  /** Whether it must be looked at before it may be polled: others could be the same. */
  synchronized boolean mustLook(ServerId id) {
    Seat seat = seats.get(id);
    return seat != null
        && !seat.recognized
        && seats.values().stream().filter(other -> sameKind(other, seat)).count() > 1;
  }

  /** Blocks until those before it were looked at, with or without success. */
  synchronized void awaitThoseBefore(ServerId id, Duration patience) throws InterruptedException {
    Deadline deadline = Deadline.after(patience);
    while (before(id).stream().anyMatch(seat -> !seat.looked && !leaving.containsValue(seat))) {
      long left = deadline.remaining().toNanos();
      if (left <= 0) {
        return;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  /** It answered. */
  synchronized void read(ServerId id, @Nullable Identity identity) {
    Seat seat = seat(id);
    if (seat != null) {
      seat.identity = identity;
      seat.recognized = true;
      seat.looked = true;
      seat.failures = 0;
      seat.away = false;
      notifyAll();
    }
  }

  /** A poll of it succeeded and has read so far. */
  synchronized void polled(ServerId id, @Nullable Progress progress) {
    Seat seat = seat(id);
    if (seat != null) {
      seat.own = progress;
    }
  }

  /**
   * It did not answer.
   *
   * @param askedLess whether it is not asked at every tick any more
   */
  synchronized void failed(ServerId id, boolean askedLess) {
    Seat seat = seat(id);
    if (seat != null) {
      seat.looked = true;
      seat.failures++;
      seat.away = askedLess;
      notifyAll();
    }
  }

  /** What it asked for in its role has ended, one way or another. */
  synchronized void ended(ServerId id) {
    Seat seat = seat(id);
    if (seat != null) {
      seat.polling = false;
    }
  }

  /** What it is to do now, until {@link #ended}: two that are the same are never polled at once. */
  synchronized Role roleOf(ServerId id) {
    Seat seat = seats.get(id);
    if (seat == null) {
      return new Role.Polled(List.of());
    }
    Optional<Seat> first = first(before(id), other -> follows(seat, other));
    if (first.isPresent()) {
      seat.follows = first.get().server.entry().id();
      seat.inherited = first.get().own;
      return new Role.Duplicate(name(first.get()));
    }
    seat.follows = null;
    seat.differsSince = null;
    if (!seat.readable()) {
      Optional<Seat> next = first(after(id), other -> same(other, seat));
      if (next.isPresent()) {
        return new Role.Replaced(name(next.get()));
      }
    }
    Optional<Seat> busy =
        Stream.concat(before(id).stream(), after(id).stream())
            .filter(other -> other.polling && same(other, seat))
            .findFirst();
    if (busy.isPresent()) {
      return new Role.Replaced(name(busy.get()));
    }
    seat.polling = true;
    return new Role.Polled(elsewhere(seat));
  }

  private List<Progress> elsewhere(Seat seat) {
    List<Progress> all = new ArrayList<>();
    if (seat.inherited != null) {
      all.add(seat.inherited);
    }
    for (Seat other : seats.values()) {
      Progress progress = other.own;
      if (!other.equals(seat) && same(other, seat) && progress != null) {
        all.add(progress);
      }
    }
    return all;
  }

  private List<Seat> before(ServerId id) {
    return Stream.concat(
            leaving.values().stream(),
            seats.values().stream().takeWhile(seat -> !seat.server.entry().id().equals(id)))
        .filter(seat -> sameKind(seat, id))
        .toList();
  }

  private List<Seat> after(ServerId id) {
    return seats.values().stream()
        .dropWhile(seat -> !seat.server.entry().id().equals(id))
        .skip(1)
        .filter(seat -> sameKind(seat, id))
        .toList();
  }

  private boolean sameKind(Seat seat, ServerId id) {
    Seat other = seats.get(id);
    return other != null && sameKind(seat, other);
  }

  private static Optional<Seat> first(List<Seat> among, Predicate<Seat> is) {
    return among.stream().filter(Seat::readable).filter(is).findFirst();
  }

  /** Once the same, it stays so until both were read anew and have nothing in common. */
  private static boolean follows(Seat seat, Seat first) {
    Identity mine = seat.identity;
    Identity its = first.identity;
    if (mine == null || its == null || !first.server.entry().id().equals(seat.follows)) {
      return same(seat, first);
    }
    if (mine.sharesWith(its)) {
      seat.differsSince = null;
      return true;
    }
    Instant since = seat.differsSince;
    if (since == null) {
      since = mine.readAt().isAfter(its.readAt()) ? mine.readAt() : its.readAt();
      seat.differsSince = since;
    }
    return !(mine.readAt().isAfter(since) && its.readAt().isAfter(since));
  }

  private static boolean same(Seat one, Seat other) {
    return sameKind(one, other)
        && one.identity != null
        && other.identity != null
        && one.identity.isSameAs(other.identity);
  }

  private static boolean sameKind(Seat one, Seat other) {
    return one.server.kind() == other.server.kind();
  }

  private static String name(Seat seat) {
    return seat.server.entry().name();
  }
}
