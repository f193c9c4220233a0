package io.muster.control.site;

import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.transaction.annotation.Transactional;
import io.muster.control.audit.Audit;
import io.muster.control.audit.Subject;
import io.muster.control.caller.Caller;
import io.muster.control.crypto.TokenText;
import io.muster.control.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** What sites' agents sign in with. */
@Singleton
class AgentTokens {
  private final AgentTokenRepository tokens;
  private final ApplicationEventPublisher<AgentTokenRevoked> events;
  private final Audit audit;

  AgentTokens(
      AgentTokenRepository tokens,
      ApplicationEventPublisher<AgentTokenRevoked> events,
      Audit audit) {
    this.tokens = tokens;
    this.events = events;
    this.audit = audit;
  }

  List<AgentToken> of(Site site) {
    return tokens.findBySiteIdOrderByCreatedAt(site.id());
  }

  /** Makes a token, which is in the answer alone. */
  @Transactional
  AgentTokenView create(Caller caller, Site site, String name) {
    String text = TokenText.issue(AgentTokenKind.PREFIX);
    AgentToken token =
        tokens.save(
            new AgentToken(
                UUID.randomUUID(),
                site.id(),
                name,
                TokenText.hash(text),
                caller.who(),
                Instant.now().truncatedTo(ChronoUnit.MICROS),
                null));
    audit.record(caller, "create", subject(token), "of site " + site.name());
    return AgentTokenView.of(token, text);
  }

  /** Whoever is connected by it is told after the transaction. */
  void revoke(Caller caller, Site site, UUID id) {
    delete(caller, site, id);
    events.publishEvent(new AgentTokenRevoked(site.id(), id));
  }

  /** Says that the tokens of a site that was deleted went with it. */
  void ended(List<AgentToken> gone) {
    gone.forEach(token -> events.publishEvent(new AgentTokenRevoked(token.siteId(), token.id())));
  }

  @Transactional
  void delete(Caller caller, Site site, UUID id) {
    AgentToken token =
        tokens
            .findBySiteIdAndId(site.id(), id)
            .orElseThrow(() -> ProblemException.notFound("agent token", id.toString()));
    tokens.delete(token);
    audit.record(caller, "revoke", subject(token), "of site " + site.name());
  }

  private static Subject subject(AgentToken token) {
    return Subject.of("agent-token", token.id(), token.name());
  }
}
