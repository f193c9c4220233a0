package io.muster.agent.openstack;

import io.muster.agent.provider.Deadline;
import io.muster.protocol.Failure;
import io.muster.protocol.OpenStackServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The token of one account: renewed before it ends, and once after a service refused it.
 * Thread-safe.
 */
final class Tokens {
  /**
   * A token this young that is refused is no matter of time, and a credential that was refused is
   * as wrong so soon after: many clouds lock out who tries on.
   */
  private static final Duration YOUNG = Duration.ofSeconds(30);

  private final ApiClient client;
  private final Login login;
  private final String region;
  private final URI keystone;
  private final CloudClock clock;
  private final ReentrantLock signingIn = new ReentrantLock();
  private volatile @Nullable Token token;
  private volatile @Nullable Instant replacedAt;
  private @Nullable Refusal refusal;

  Tokens(OpenStackServer server, ApiClient client, CloudClock clock) {
    this.client = client;
    this.login = new Login(server.credential());
    this.region = server.region();
    this.keystone = keystone(server.authUrl());
    this.clock = clock;
  }

  /** A credential that Keystone did not take. */
  private record Refusal(Instant at, CallException problem) {}

  /** With its version, whether it was configured with it or not. */
  private static URI keystone(URI authUrl) {
    String text = authUrl.toString().replaceAll("/+$", "");
    return URI.create(text.endsWith("/v3") ? text : text + "/v3");
  }

  URI keystone() {
    return keystone;
  }

  /** Good for the calls that follow. */
  Token get(Deadline deadline, CallCounter calls) throws CallException {
    Token current = token;
    Instant now = clock.now();
    if (current != null && !current.isDue(now)) {
      return current;
    }
    try {
      return renew(current, deadline, calls);
    } catch (CallException e) {
      boolean refused = e.failure() == Failure.UNAUTHORIZED;
      if (current == null || refused || !current.isGood(now)) {
        throw e;
      }
      return current; // Keystone is away: the old one is good for a while
    }
  }

  /** Null = a new one would be refused, too. */
  @Nullable Token replacement(Token refused, Deadline deadline, CallCounter calls)
      throws CallException {
    Token current = token;
    if (current != null && !current.equals(refused)) {
      return current;
    }
    Instant last = replacedAt;
    Instant now = clock.now();
    if (last != null && now.isBefore(last.plus(YOUNG))) {
      return null;
    }
    return renew(refused, deadline, calls);
  }

  private Token renew(@Nullable Token old, Deadline deadline, CallCounter calls)
      throws CallException {
    signingIn.lock();
    try {
      Token current = token;
      if (current != null && !current.equals(old)) {
        return current; // another thread was quicker
      }
      boolean early = old != null && !old.isDue(clock.now());
      requireNoRefusal();
      Token next = signIn(deadline, calls);
      replacedAt = early ? clock.now() : replacedAt;
      token = next;
      return next;
    } finally {
      signingIn.unlock();
    }
  }

  private void requireNoRefusal() throws CallException {
    Refusal last = refusal;
    if (last != null && clock.now().isBefore(last.at().plus(YOUNG))) {
      throw last.problem();
    }
  }

  private Token signIn(Deadline deadline, CallCounter calls) throws CallException {
    Request request = Request.signIn(URI.create(keystone + "/auth/tokens"), login);
    Instant asked = clock.now();
    Token next;
    try {
      next = client.ask(request, reply -> Token.read(reply, clock.now()), deadline, calls);
    } catch (CallException e) {
      if (e.failure() != Failure.UNAUTHORIZED) {
        throw e;
      }
      CallException refused =
          new CallException(e.failure(), e.status(), e.reason() + " (" + login.advice() + ")", e);
      refusal = new Refusal(clock.now(), refused);
      throw refused;
    }
    if (next.issuedAt() != null) {
      clock.said(next.issuedAt(), asked);
    }
    if (!next.catalog().regionNames().contains(region)) {
      throw new CallException(
          Failure.UNEXPECTED_ANSWER,
          0,
          "the catalog has no region '%s', only %s: correct `region`"
              .formatted(region, next.catalog().regionNames()),
          null);
    }
    return next;
  }
}
