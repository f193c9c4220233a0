package io.muster.control.site;

import io.muster.control.caller.SiteAgent;
import io.muster.control.caller.TokenKind;
import io.muster.control.crypto.TokenText;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** {@code msa_…}: of a site's agent. */
@Singleton
final class AgentTokenKind implements TokenKind {
  static final String PREFIX = "msa_";

  /** Often enough to tell whether a token is still in use, without a write for each request. */
  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);

  private final AgentTokenRepository tokens;
  private final SiteRepository sites;

  AgentTokenKind(AgentTokenRepository tokens, SiteRepository sites) {
    this.tokens = tokens;
    this.sites = sites;
  }

  @Override
  public boolean knows(String token) {
    return token.startsWith(PREFIX);
  }

  @Override
  public Optional<SiteAgent> check(String token, String address) {
    return tokens.findByHash(TokenText.hash(token)).flatMap(found -> agent(found, address));
  }

  private Optional<SiteAgent> agent(AgentToken token, String address) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    Instant last = token.lastUsedAt();
    if (last == null || last.plus(NOTED_EVERY).isBefore(now)) {
      tokens.used(token.id(), now);
    }
    return sites
        .findById(token.siteId())
        .map(site -> new SiteAgent(token.id(), site.id(), site.name(), site.tenantId(), address));
  }
}
