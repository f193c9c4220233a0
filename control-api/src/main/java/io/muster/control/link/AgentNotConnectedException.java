package io.muster.control.link;

import java.util.UUID;

/** The site has no agent that could be asked, or lost it meanwhile. */
public final class AgentNotConnectedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AgentNotConnectedException(UUID site) {
    super("No agent of site " + site + " is connected");
  }
}
