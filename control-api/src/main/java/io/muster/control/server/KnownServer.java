package io.muster.control.server;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A server as lists of what is on it tell of it.
 *
 * @param site name of its site
 * @param error why nothing new is read of it, for who sees the server itself; null = it is read, or
 *     nobody is to
 * @param version the platform's release
 */
public record KnownServer(
    UUID id,
    String name,
    String provider,
    UUID siteId,
    String site,
    boolean enabled,
    List<String> tags,
    ConnectionStatus connectionStatus,
    @Nullable String error,
    @Nullable Instant lastConnectedAt,
    @Nullable String version) {
  public KnownServer {
    tags = List.copyOf(tags);
  }
}
