package io.muster.agent.poll;

import io.muster.agent.provider.Coverage;
import io.muster.agent.provider.Identity;
import io.muster.protocol.Server;
import io.muster.protocol.ServerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What {@link Duplicates} knows of one entry, and guards. */
final class Seat {
  final Server server;
  @Nullable Identity identity;

  /** It was looked at, with or without success. */
  boolean looked;

  /** It answered, so its identity is as known as it can be. */
  boolean recognized;

  /** In a row. */
  int failures;

  /** It is not asked at every tick any more. */
  boolean away;

  /** A poll of it is under way. */
  boolean polling;

  /** How far it was read; null = not at all. */
  @Nullable Coverage own;

  /** How far the one was read that it was a duplicate of, or that is gone. */
  @Nullable Coverage inherited;

  /** The one that it was a duplicate of at its last tick. */
  private @Nullable ServerId follows;

  /** It differs from that one since then, as far as both were read. */
  private @Nullable Instant differsSince;

  Seat(Server server) {
    this.server = server;
  }

  /** Of a changed entry: until it is read anew, it counts as what it was. */
  Seat(Server server, Seat before) {
    this(server);
    identity = before.identity;
    follows = before.follows;
    own = before.own;
    inherited = before.inherited;
  }

  boolean readable() {
    return !away && failures < Duplicates.FAILURES_TO_STAND_BACK;
  }

  void follow(@Nullable Seat first) {
    ServerId next = first == null ? null : first.server.entry().id();
    if (next == null || !next.equals(follows)) {
      differsSince = null;
    }
    follows = next;
  }

  void inherit(Seat from) {
    if (from.own != null) {
      inherited = from.own;
    }
  }

  boolean isOfKindOf(Seat other) {
    return server.kind() == other.server.kind();
  }

  boolean isSameAs(Seat other) {
    return isOfKindOf(other)
        && identity != null
        && other.identity != null
        && identity.isSameAs(other.identity);
  }

  /** Once the same, it stays so until both were read anew and have nothing in common. */
  boolean follows(Seat first) {
    Identity mine = identity;
    Identity its = first.identity;
    if (mine == null || its == null || !first.server.entry().id().equals(follows)) {
      return isSameAs(first);
    }
    if (mine.sharesWith(its)) {
      differsSince = null;
      return true;
    }
    Instant since = differsSince;
    if (since == null) {
      since = mine.readAt().isAfter(its.readAt()) ? mine.readAt() : its.readAt();
      differsSince = since;
    }
    return !(mine.readAt().isAfter(since) && its.readAt().isAfter(since));
  }
}
