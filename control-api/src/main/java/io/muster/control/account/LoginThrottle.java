package io.muster.control.account;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import io.muster.control.problem.ProblemException;
import jakarta.inject.Singleton;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;

/** Bounds how often one address may try to sign in. */
@Singleton
final class LoginThrottle {
  /** An office behind one address signs in at nine o'clock; a guesser wants thousands. */
  static final int ATTEMPTS = 30;

  static final Duration WINDOW = Duration.ofMinutes(1);

  /** A few hundred kilobytes; the address that tried longest ago is forgotten first. */
  private static final int MAX_ADDRESSES = 10_000;

  /** Whoever has one IPv6 address has this many bits of them. */
  private static final int IPV6_NETWORK_BYTES = 8;

  private final Clock clock;
  private final LinkedHashMap<String, Window> windows = new LinkedHashMap<>();

  private record Window(Instant end, int attempts) {}

  LoginThrottle() {
    this(Clock.systemUTC());
  }

  LoginThrottle(Clock clock) {
    this.clock = clock;
  }

  /**
   * Counts an attempt.
   *
   * @throws ProblemException 429 when it was one too many
   */
  void attempt(String address) {
    Instant now = clock.instant();
    Window window = counted(network(address), now);
    if (window.attempts() > ATTEMPTS) {
      long seconds = Math.max(1, Duration.between(now, window.end()).toSeconds());
      throw ProblemException.of(
              HttpStatus.TOO_MANY_REQUESTS,
              "too-many-requests",
              "Too many attempts to sign in from this address: try again in " + seconds + " s.")
          .with(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
    }
  }

  private synchronized Window counted(String network, Instant now) {
    Window last = windows.remove(network);
    Window window =
        last == null || !now.isBefore(last.end())
            ? new Window(now.plus(WINDOW), 1)
            : new Window(last.end(), Math.min(last.attempts() + 1, ATTEMPTS + 1));
    windows.put(network, window);
    if (windows.size() > MAX_ADDRESSES) {
      windows.pollFirstEntry();
    }
    return window;
  }

  private static String network(String address) {
    try {
      return InetAddress.ofLiteral(address) instanceof Inet6Address ipv6
          ? HexFormat.of().formatHex(Arrays.copyOf(ipv6.getAddress(), IPV6_NETWORK_BYTES))
          : address;
    } catch (IllegalArgumentException e) {
      return address;
    }
  }
}
