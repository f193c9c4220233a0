package io.muster.control.live;

import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The {@code data} of each kind of event. */
final class Views {
  private Views() {}

  /**
   * {@code server-status}.
   *
   * @param failure null = the newest attempt succeeded, or an edit of the inventory is told
   * @param breaker null = an edit of the inventory is told
   * @param previousName null = it was not renamed
   */
  @Serdeable
  @Schema(name = "ServerStatusEvent")
  record ServerStatus(
      UUID serverId,
      String serverName,
      String status,
      Instant at,
      @Nullable String failure,
      @Nullable String error,
      @Nullable Instant lastConnectedAt,
      @Nullable String breaker,
      @Nullable Integer nodeCount,
      @Nullable String version,
      @Nullable String previousName) {}

  /** {@code vm-status}. */
  @Serdeable
  @Schema(name = "VmStatusEvent")
  record VmStatus(
      UUID serverId,
      String serverName,
      String vmId,
      @Nullable String name,
      @Nullable String group,
      @Nullable String node,
      String status,
      Instant at) {}

  /** {@code action}. */
  @Serdeable
  @Schema(name = "ActionEvent")
  record Action(
      UUID id,
      UUID serverId,
      String serverName,
      String vmId,
      String action,
      String status,
      String who,
      Instant at,
      @Nullable String error) {}

  /** {@code agent}. */
  @Serdeable
  @Schema(name = "AgentEvent")
  record Agent(
      String site,
      String status,
      Instant at,
      UUID agentId,
      String version,
      @Nullable String reason) {}

  /** {@code reset}. */
  @Serdeable
  @Schema(name = "ResetEvent")
  record Reset(String reason, String detail) {}
}
