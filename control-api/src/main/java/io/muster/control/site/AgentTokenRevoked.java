package io.muster.control.site;

import java.util.UUID;

/** Published when an agent token was revoked: whoever is connected by it has to go. */
public record AgentTokenRevoked(UUID site, UUID token) {}
