package io.muster.control.site;

import java.util.Optional;
import java.util.UUID;

/** What the link knows of a site's agent. */
public interface SiteAgents {
  /** The agent that is connected now. */
  Optional<AgentView> of(UUID site);
}
