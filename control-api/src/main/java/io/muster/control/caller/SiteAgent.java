package io.muster.control.caller;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * The agent of one site.
 *
 * @param token the agent token's id
 * @param site the site's id
 * @param siteName as in {@code MUSTER_SITE} of that agent
 */
public record SiteAgent(UUID token, UUID site, String siteName, UUID tenant, String address)
    implements Identity {
  private static final long serialVersionUID = 1L;

  @Override
  public String getName() {
    return "agent:" + siteName;
  }

  @Override
  public Collection<String> getRoles() {
    return List.of(Role.AGENT);
  }
}
