package io.muster.control.link;

import java.time.Instant;
import java.util.UUID;

/**
 * An agent that is connected.
 *
 * @param address where it comes from
 * @param servers that it knows, polled or not
 * @param lagMs how long the oldest row waits there to be written; 0 = none waits
 */
public record ConnectedAgent(
    UUID site,
    UUID agent,
    String version,
    String address,
    Instant since,
    Instant lastSeenAt,
    int servers,
    double lagMs) {}
