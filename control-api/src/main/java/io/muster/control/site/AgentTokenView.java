package io.muster.control.site;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An agent token, as it is shown.
 *
 * @param lastUsedAt to the minute
 * @param token given once, when it was made
 */
@Serdeable
record AgentTokenView(
    UUID id,
    @Schema(example = "first") String name,
    @Schema(example = "admin") String createdBy,
    Instant createdAt,
    @Nullable Instant lastUsedAt,
    @Schema(example = "msa_0nlyAnExample0nlyAnExample0nlyAnExample0nl") @Nullable String token) {
  static AgentTokenView of(AgentToken token, @Nullable String text) {
    return new AgentTokenView(
        token.id(), token.name(), token.createdBy(), token.createdAt(), token.lastUsedAt(), text);
  }

  @Override
  public String toString() {
    return "AgentTokenView[" + name + "]";
  }
}
