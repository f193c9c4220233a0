package io.muster.control.link;

import java.time.Instant;
import java.util.UUID;

/** An agent that is connected. */
public record ConnectedAgent(UUID site, UUID agent, String version, Instant since) {}
