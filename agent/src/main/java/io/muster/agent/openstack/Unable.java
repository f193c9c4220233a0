package io.muster.agent.openstack;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Hosts whose driver does not know what is asked. Thread-safe. */
final class Unable {
  /** They learn it with an update of the host. */
  private static final Duration REST = Duration.ofHours(1);

  private final Map<String, Instant> until = new ConcurrentHashMap<>();

  boolean contains(String host, Instant now) {
    Instant end = until.get(host);
    return end != null && now.isBefore(end);
  }

  void add(String host, Instant now) {
    until.put(host, now.plus(REST));
  }
}
