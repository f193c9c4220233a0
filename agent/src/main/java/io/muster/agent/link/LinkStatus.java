package io.muster.agent.link;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the link does, at one moment.
 *
 * @param since when it was made or lost; null = it was never made
 * @param problem why it is not there; null = it is, or nothing was tried yet
 * @param lastHeardAt when the control API said something last; null = never
 * @param revision of the inventory in force; 0 = none was ever told
 * @param controlVersion of the control API; null = never met
 */
public record LinkStatus(
    URI url,
    boolean connected,
    @Nullable Instant since,
    @Nullable String problem,
    @Nullable Instant lastHeardAt,
    long revision,
    @Nullable String controlVersion) {}
