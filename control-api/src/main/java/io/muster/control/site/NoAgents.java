package io.muster.control.site;

import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** Without a link. */
@Singleton
@Requires(missingBeans = SiteAgents.class)
final class NoAgents implements SiteAgents {
  @Override
  public Optional<AgentView> of(UUID site) {
    return Optional.empty();
  }
}
