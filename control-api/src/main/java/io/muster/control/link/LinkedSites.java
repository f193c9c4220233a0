package io.muster.control.link;

import io.muster.control.site.AgentView;
import io.muster.control.site.SiteAgents;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** Tells of the agents that are connected. */
@Singleton
final class LinkedSites implements SiteAgents {
  private final Agents agents;

  LinkedSites(Agents agents) {
    this.agents = agents;
  }

  @Override
  public Optional<AgentView> of(UUID site) {
    return agents.list().stream()
        .filter(agent -> agent.site().equals(site))
        .findFirst()
        .map(agent ->
            new AgentView(
                agent.agent(),
                true,
                agent.lastSeenAt(),
                agent.version(),
                agent.servers(),
                Math.round(agent.lagMs())));
  }
}
