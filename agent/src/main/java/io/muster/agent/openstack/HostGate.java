package io.muster.agent.openstack;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What Nova must ask a host for by RPC, when that is worth it: one that hangs costs Nova a minute a
 * call, even when it is known to be down. Thread-safe.
 */
final class HostGate {
  /** RPC to a well host takes 16 to 60 ms. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Calls to one host at once: nova-compute has other things to do. */
  static final int AT_ONCE = 2;

  /** Less is no chance to answer: no call is begun when so little is left of the poll. */
  static final Duration CHANCE = Duration.ofSeconds(1);

  /**
   * A host that did not answer is left alone so long: each call to it holds one of Nova's workers
   * for a minute, whether somebody still waits or not, and Nova has a handful of them.
   */
  private static final Duration REST = Duration.ofMinutes(5);

  /** Of one that the poll's end cut off: by then Nova knows whether it is down. */
  private static final Duration SHORT_REST = Duration.ofMinutes(1);

  private final Map<String, Closed> closed = new TreeMap<>();

  private record Closed(Instant until, CallException problem) {}

  synchronized boolean isOpen(String host, Instant now) {
    Closed until = closed.get(host);
    return until == null || !now.isBefore(until.until());
  }

  /** It did not answer, or not well. */
  synchronized void silent(String host, Round round, CallException problem) {
    Duration rest = round.deadline().passed() ? SHORT_REST : REST;
    closed.put(host, new Closed(round.at().plus(rest), problem));
  }

  /** Hosts that are left alone since they did not answer. */
  synchronized Map<String, CallException> problems(Instant now) {
    closed.values().removeIf(one -> !now.isBefore(one.until()));
    Map<String, CallException> problems = new TreeMap<>();
    closed.forEach((host, one) -> problems.put(host, one.problem()));
    return problems;
  }
}
