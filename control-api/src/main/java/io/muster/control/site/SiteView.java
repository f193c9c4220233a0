package io.muster.control.site;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A site, as it is shown.
 *
 * @param servers how many of the inventory are its own, as far as the caller sees them
 * @param agents the one that is connected, or a line that says when one last was
 */
@Serdeable
record SiteView(
    UUID id,
    @Schema(example = "berlin") String name,
    Instant createdAt,
    @Schema(example = "3") long servers,
    List<AgentView> agents) {
  SiteView {
    agents = List.copyOf(agents);
  }
}
