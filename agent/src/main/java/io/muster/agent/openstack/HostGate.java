package io.muster.agent.openstack;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What Nova must ask a host for by RPC, when that is worth it: one that hangs costs Nova a minute a
 * call, even when it is known to be down. Thread-safe.
 */
final class HostGate {
  /** RPC to a well host takes 16 to 60 ms. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Calls to one host at once: nova-compute has other things to do. */
  static final int AT_ONCE = 2;

  /** A host that did not answer is left alone so long. */
  private static final Duration REST = Duration.ofMinutes(5);

  /** A driver that can't tell learns it with an update of the host. */
  private static final Duration LONG_REST = Duration.ofHours(1);

  private final Map<String, Instant> restsUntil = new ConcurrentHashMap<>();

  boolean isOpen(String host, Instant now) {
    Instant until = restsUntil.get(host);
    return until == null || !now.isBefore(until);
  }

  /** It did not answer. */
  void silent(String host, Instant now) {
    restsUntil.put(host, now.plus(REST));
  }

  /** Its driver does not know. */
  void cannot(String host, Instant now) {
    restsUntil.put(host, now.plus(LONG_REST));
  }
}
