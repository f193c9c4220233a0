package io.muster.control.server;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A server as it is answered: without secrets.
 *
 * @param route null = not shown to who sees name and status alone
 * @param secrets which secrets are stored, by their keys
 * @param healthCheckError null = the newest attempt succeeded, or none is known
 * @param avgResponseTimeMs mean of the last 24 hours; null = nothing answered
 * @param successRate of the last 24 hours, 0 to 100; null = nothing was attempted
 * @param version the platform's release
 * @param whole false = the caller sees single VMs of it, and of itself name and status alone
 * @param settings the provider's own keys
 */
@Serdeable
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ServerView(
    UUID id,
    String name,
    String site,
    String provider,
    boolean enabled,
    @Nullable Integer intervalSeconds,
    @Nullable String route,
    List<String> tags,
    List<String> secrets,
    List<MaintenanceView> maintenance,
    ConnectionStatus connectionStatus,
    @Nullable Instant lastHealthCheckAt,
    @Nullable String healthCheckError,
    @Nullable Instant lastConnectedAt,
    @Nullable Long learnedTimeoutMs,
    @Nullable Long avgResponseTimeMs,
    @Nullable Double successRate,
    @Nullable Integer nodeCount,
    @Nullable String version,
    Instant createdAt,
    Instant updatedAt,
    boolean whole,
    @JsonAnyGetter Map<String, Object> settings) {
  /** What is answered and not taken: whoever sends back what was read may leave it in. */
  static final List<String> READ_ONLY =
      List.of(
          "secrets",
          "maintenance",
          "connectionStatus",
          "lastHealthCheckAt",
          "healthCheckError",
          "lastConnectedAt",
          "learnedTimeoutMs",
          "avgResponseTimeMs",
          "successRate",
          "nodeCount",
          "version",
          "createdAt",
          "updatedAt",
          "whole");

  public ServerView {
    tags = List.copyOf(tags);
    secrets = List.copyOf(secrets);
    maintenance = List.copyOf(maintenance);
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /** What of it they see who see single VMs of it. */
  ServerView nameAndStatus() {
    return new ServerView(
        id,
        name,
        site,
        provider,
        enabled,
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        connectionStatus,
        lastHealthCheckAt,
        null,
        lastConnectedAt,
        null,
        null,
        null,
        null,
        null,
        createdAt,
        updatedAt,
        false,
        Map.of());
  }
}
