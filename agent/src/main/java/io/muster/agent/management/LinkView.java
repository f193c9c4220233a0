package io.muster.agent.management;

import io.micronaut.serde.annotation.Serdeable;
import io.muster.agent.link.LinkStatus;
import org.jspecify.annotations.Nullable;

/**
 * The link to the control API.
 *
 * @param since when it was made or lost
 * @param inventoryRevision 0 = none was ever told
 */
@Serdeable
record LinkView(
    String url,
    boolean connected,
    @Nullable String since,
    @Nullable String problem,
    @Nullable String lastHeardAt,
    long inventoryRevision,
    @Nullable String controlVersion) {
  /** Null of null. */
  static @Nullable LinkView of(@Nullable LinkStatus link) {
    return link == null
        ? null
        : new LinkView(
            link.url().toString(),
            link.connected(),
            link.since() == null ? null : link.since().toString(),
            link.problem(),
            link.lastHeardAt() == null ? null : link.lastHeardAt().toString(),
            link.revision(),
            link.controlVersion());
  }
}
