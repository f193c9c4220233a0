package io.muster.agent.poll;

import io.muster.agent.provider.Coverage;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Identity;
import io.muster.protocol.Server;
import io.muster.protocol.ServerId;
import java.time.Duration;
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
    record Polled(List<Coverage> elsewhere) implements Role {
      public Polled {
        elsewhere = List.copyOf(elsewhere);
      }
    }

    /** It is looked at; the named one before it is polled. */
    record Duplicate(String of) implements Role {}

    /** It could not be read and is looked at until it can; the named one after it is polled. */
    record Replaced(String by) implements Role {}
  }

  /** Takes the entries that are polled, in the inventory's order. */
  synchronized void seat(List<Server> polled) {
    Map<ServerId, Seat> next = new LinkedHashMap<>();
    for (Server server : polled) {
      Seat before = seats.remove(server.entry().id());
      next.put(server.entry().id(), before == null ? new Seat(server) : kept(before, server));
    }
    seats.values().stream()
        .filter(seat -> seat.looked)
        .forEach(seat -> leaving.put(id(seat), seat));
    seats = next;
    notifyAll();
  }

  /** Its loop has ended: how far it came is left to those that are the same. */
  synchronized void left(ServerId id) {
    Seat gone = leaving.remove(id);
    if (gone != null) {
      seats.values().stream().filter(gone::isSameAs).forEach(seat -> seat.inherit(gone));
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
    return new Seat(server, before);
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
        && seats.values().stream().filter(other -> other.isOfKindOf(seat)).count() > 1;
  }

  /** Blocks until those before it were looked at, with or without success. */
  synchronized void awaitThoseBefore(ServerId id, Duration patience) throws InterruptedException {
    Deadline deadline = Deadline.after(patience);
    while (before(id).stream().anyMatch(seat -> !seat.looked)) {
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
  synchronized void polled(ServerId id, @Nullable Coverage coverage) {
    Seat seat = seat(id);
    if (seat != null) {
      seat.own = coverage;
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
    Optional<Seat> first = first(before(id), seat::follows);
    if (first.isPresent()) {
      seat.follow(first.get());
      seat.inherit(first.get());
      return new Role.Duplicate(name(first.get()));
    }
    seat.follow(null);
    if (!seat.readable()) {
      Optional<Seat> next = first(after(id), other -> other.isSameAs(seat));
      if (next.isPresent()) {
        return new Role.Replaced(name(next.get()));
      }
    }
    Optional<Seat> busy =
        Stream.concat(before(id).stream(), after(id).stream())
            .filter(other -> other.polling && other.isSameAs(seat))
            .findFirst();
    if (busy.isPresent()) {
      return new Role.Replaced(name(busy.get()));
    }
    seat.polling = true;
    return new Role.Polled(elsewhere(seat));
  }

  private List<Coverage> elsewhere(Seat seat) {
    List<Coverage> all = new ArrayList<>();
    if (seat.inherited != null) {
      all.add(seat.inherited);
    }
    for (Seat other : seats.values()) {
      Coverage coverage = other.own;
      if (!other.equals(seat) && other.isSameAs(seat) && coverage != null) {
        all.add(coverage);
      }
    }
    return all;
  }

  private List<Seat> before(ServerId id) {
    return Stream.concat(
            leaving.values().stream(),
            seats.values().stream().takeWhile(seat -> !id(seat).equals(id)))
        .filter(seat -> sameKind(seat, id))
        .toList();
  }

  private List<Seat> after(ServerId id) {
    return seats.values().stream()
        .dropWhile(seat -> !id(seat).equals(id))
        .skip(1)
        .filter(seat -> sameKind(seat, id))
        .toList();
  }

  private boolean sameKind(Seat seat, ServerId id) {
    Seat other = seats.get(id);
    return other != null && seat.isOfKindOf(other);
  }

  private static Optional<Seat> first(List<Seat> among, Predicate<Seat> is) {
    return among.stream().filter(Seat::readable).filter(is).findFirst();
  }

  private static ServerId id(Seat seat) {
    return seat.server.entry().id();
  }

  private static String name(Seat seat) {
    return seat.server.entry().name();
  }
}
