package io.muster.control.site;

import io.micronaut.context.event.ApplicationEventPublisher;
import io.muster.control.crypto.TokenText;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Puts tenants and sites into the database, past the API. */
@Singleton
public final class TestSites {
  private final TenantRepository tenants;
  private final SiteRepository sites;
  private final AgentTokenRepository tokens;
  private final ApplicationEventPublisher<AgentTokenRevoked> events;

  TestSites(
      TenantRepository tenants,
      SiteRepository sites,
      AgentTokenRepository tokens,
      ApplicationEventPublisher<AgentTokenRevoked> events) {
    this.events = events;
    this.tenants = tenants;
    this.sites = sites;
    this.tokens = tokens;
  }

  public UUID tenant(String name) {
    return tenants.save(new Tenant(UUID.randomUUID(), name, 50, false, now())).id();
  }

  public UUID site(UUID tenant, String name) {
    return sites.save(new Site(UUID.randomUUID(), tenant, name, now())).id();
  }

  public String agentToken(UUID site) {
    String token = TokenText.issue(AgentTokenKind.PREFIX);
    tokens.save(
        new AgentToken(
            UUID.randomUUID(), site, "test", TokenText.hash(token), "test", now(), null));
    return token;
  }

  public UUID tokenId(String token) {
    return tokens.findByHash(TokenText.hash(token)).orElseThrow().id();
  }

  public void publish(AgentTokenRevoked event) {
    events.publishEvent(event);
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS);
  }
}
