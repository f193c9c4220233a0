package io.muster.agent.proxmox;

import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Gap;
import io.muster.agent.provider.PeerCertificate;
import io.muster.agent.proxmox.CallException.Reach;
import io.muster.protocol.Failure;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The configured members, the first one preferred. One that fails rests, and the next is asked;
 * when its rest is over it is tried again. Thread-safe.
 */
final class Members {
  /** Each try of a dead member may cost a poll a part of its time. */
  static final Duration FIRST_REST = Duration.ofMinutes(1);

  /** A member that is well again must not be missed for long. */
  static final Duration LONGEST_REST = Duration.ofMinutes(10);

  private final List<Endpoint> urls;
  private final Map<Endpoint, Rest> rests = new HashMap<>();
  private Endpoint current;

  Members(List<URI> urls) {
    this.urls = urls.stream().map(Endpoint::of).distinct().toList();
    this.current = this.urls.getFirst();
  }

  private record Rest(CallException why, Instant since, Duration length) {
    Instant until() {
      return since.plus(length);
    }
  }

  /** An answer and who gave it. */
  record Answered<T>(Endpoint at, T value) {}

  private interface Call<T> {
    T at(Endpoint member, int membersLeft) throws CallException;
  }

  List<Endpoint> urls() {
    return urls;
  }

  /** The member that answered last; at first the first one. */
  synchronized Endpoint current() {
    return current;
  }

  /**
   * Asks what the whole poll depends on.
   *
   * @throws CallException at once when no other member would answer otherwise; else when all failed
   */
  <T> T ask(Cycle cycle, String path, ApiClient.ReplyReader<T> reader) throws CallException {
    return ask(
            cycle,
            preferred(cycle.now()),
            (at, left) -> cycle.ask(at, path, reader, share(cycle.deadline(), left)),
            true)
        .value();
  }

  /** Asks for a slower fact; one that takes all its time is not tried again elsewhere. */
  <T> Answered<T> askSlowly(Cycle cycle, String path, ApiClient.ReplyReader<T> reader)
      throws CallException {
    return ask(cycle, nearest(cycle.now()), (at, left) -> cycle.askSlowly(at, path, reader), false);
  }

  /** Asks for the samples of nodes that can't be asked themselves. */
  <T> Answered<T> askExport(Cycle cycle, String path, ApiClient.ReplyReader<T> reader)
      throws CallException {
    return ask(cycle, nearest(cycle.now()), (at, left) -> cycle.askExport(at, path, reader), false);
  }

  /** Those that should answer first and don't, while others answer in their place. */
  synchronized List<Gap> gaps(Instant now) {
    List<Gap> gaps = new ArrayList<>();
    for (Endpoint member : urls.subList(0, urls.indexOf(current))) {
      Rest rest = rests.get(member);
      if (rest != null && !rest.until().isBefore(now)) {
        gaps.add(
            new Gap(
                "member " + member,
                rest.why.failure(),
                rest.why.reason()
                    + "; "
                    + current
                    + " answers in its place, it is tried again at "
                    + rest.until()));
      }
    }
    return gaps;
  }

  private <T> Answered<T> ask(Cycle cycle, List<Endpoint> order, Call<T> call, boolean patient)
      throws CallException {
    Map<Endpoint, CallException> failures = new LinkedHashMap<>();
    for (Endpoint member : order) {
      try {
        T value = call.at(member, order.size() - failures.size());
        answered(member);
        return new Answered<>(member, value);
      } catch (CallException e) {
        if (!anotherMayAnswer(e) || (e.hung() && !patient)) {
          throw e;
        }
        failed(member, e, cycle.now());
        failures.put(member, e);
      }
    }
    throw all(failures, cycle);
  }

  private static boolean anotherMayAnswer(CallException failure) {
    return switch (failure.reach()) {
      case ADDRESS, NODE -> true;
      case EVERYWHERE, CALL -> false;
    };
  }

  /** In the configured order; those that rest are the last resort. */
  private synchronized List<Endpoint> preferred(Instant now) {
    List<Endpoint> order = new ArrayList<>(urls.stream().filter(u -> !rests(u, now)).toList());
    urls.stream().filter(url -> rests(url, now)).forEach(order::add);
    return order;
  }

  /** In the middle of a poll: the one that answered its beginning, then the others. */
  private synchronized List<Endpoint> nearest(Instant now) {
    List<Endpoint> order = new ArrayList<>(preferred(now));
    if (!rests(current, now)) {
      order.remove(current);
      order.addFirst(current);
    }
    return order;
  }

  private boolean rests(Endpoint member, Instant now) {
    Rest rest = rests.get(member);
    return rest != null && rest.until().isAfter(now);
  }

  private synchronized void answered(Endpoint member) {
    rests.remove(member);
    current = member;
  }

  private synchronized void failed(Endpoint member, CallException failure, Instant now) {
    Rest before = rests.get(member);
    if (before != null && before.since.equals(now)) {
      return; // another call of the same poll has told already
    }
    Duration length = before == null ? FIRST_REST : before.length.multipliedBy(2);
    rests.put(
        member, new Rest(failure, now, length.compareTo(LONGEST_REST) < 0 ? length : LONGEST_REST));
  }

  /** A hung member must leave time for those after it. */
  private static Deadline share(Deadline deadline, int membersLeft) {
    return membersLeft <= 1
        ? deadline
        : deadline.atMost(deadline.remaining().dividedBy(membersLeft));
  }

  /** The first one's whole reason; of the others what is theirs alone. */
  private static CallException all(Map<Endpoint, CallException> failures, Cycle cycle) {
    CallException first = failures.values().iterator().next();
    if (failures.size() == 1) {
      return first;
    }
    List<String> others = new ArrayList<>();
    failures.forEach((member, failure) -> {
      if (failure != first) {
        others.add(member + " " + brief(failure, cycle.certificate(member)));
      }
    });
    CallException all =
        new CallException(
            first.failure(),
            Reach.ADDRESS,
            first.status(),
            first.reason() + ". The other members: " + String.join(", ", others),
            first);
    failures.values().stream().skip(1).forEach(all::addSuppressed);
    return all;
  }

  private static String brief(CallException failure, @Nullable PeerCertificate certificate) {
    return failure.failure() == Failure.TLS && certificate != null
        ? "TLS, seen SHA-256 " + certificate.fingerprint()
        : failure.failure().name();
  }
}
