package io.muster.control.server;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Somebody has changed the inventory, and it is committed.
 *
 * @param tags of the server as it is now; of one that is gone as it was
 * @param status {@code removed}, {@code disabled}, or a connection status
 * @param previousName null = it was not renamed
 * @param error null = none
 * @param lastConnectedAt null = never, or not known
 */
public record ServerEdited(
    OwnedServer server,
    List<String> tags,
    String status,
    @Nullable String previousName,
    Instant at,
    @Nullable String error,
    @Nullable Instant lastConnectedAt,
    @Nullable Integer nodeCount,
    @Nullable String version) {
  /** The status of a server that is no more. */
  public static final String REMOVED = "removed";

  /** The status of one that nobody is to poll. */
  static final String DISABLED = "disabled";

  public ServerEdited {
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(at, "at");
    tags = List.copyOf(tags);
  }

  public boolean isRemoval() {
    return status.equals(REMOVED);
  }
}
