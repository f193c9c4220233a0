package io.muster.simulator.openstack.api;

import io.muster.simulator.openstack.access.Token;
import io.muster.simulator.openstack.access.Tokens;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How services learn what a token is good for: from Keystone, and then for a while by heart. */
final class TokenCheck {
  /** keystonemiddleware's default. */
  private static final Duration REMEMBERED = Duration.ofMinutes(5);

  private final Tokens tokens;
  private final Conditions conditions;
  private final InstantSource clock;
  private final Map<Service, Map<String, Instant>> seen = new EnumMap<>(Service.class);

  TokenCheck(Tokens tokens, Conditions conditions, InstantSource clock) {
    this.tokens = tokens;
    this.conditions = conditions;
    this.clock = clock;
    for (Service service : Service.values()) {
      seen.put(service, new ConcurrentHashMap<>());
    }
  }

  /** What came of it. */
  sealed interface Outcome {
    record Good(Token token) implements Outcome {}

    record Bad() implements Outcome {}

    /** Keystone could not be asked. */
    record Unknown() implements Outcome {}
  }

  Outcome check(Service service, String id) throws InterruptedException {
    if (service == Service.IDENTITY) {
      return outcome(tokens.valid(id));
    }
    Map<String, Instant> known = seen.getOrDefault(service, Map.of());
    Instant now = clock.instant();
    known.values().removeIf(moment -> moment.plus(REMEMBERED).isBefore(now));
    if (known.containsKey(id)) {
      // Revoked meanwhile or not: nobody asks again.
      return outcome(tokens.issued(id));
    }
    if (conditions.isDown(Service.IDENTITY)) {
      conditions.tryInVain();
      return new Outcome.Unknown();
    }
    Token token = tokens.valid(id);
    if (token != null) {
      known.put(id, now);
    }
    return outcome(token);
  }

  private static Outcome outcome(@Nullable Token token) {
    return token == null ? new Outcome.Bad() : new Outcome.Good(token);
  }
}
