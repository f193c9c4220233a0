package io.muster.control.link;

import io.micronaut.context.annotation.Replaces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** That of life, and less with sites that a test names. */
@Singleton
@Replaces(Patience.class)
final class TestPatience extends Patience {
  private final Map<UUID, Duration> less = new ConcurrentHashMap<>();

  void lose(UUID site, Duration after) {
    less.put(site, after);
  }

  @Override
  Duration with(UUID site) {
    return less.getOrDefault(site, super.with(site));
  }
}
