package io.muster.control.site;

import java.util.UUID;

/**
 * A token of a site's agent is not valid any more; published after the commit.
 *
 * @param token its id
 */
public record AgentTokenRevoked(UUID token) {}
