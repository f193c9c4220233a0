package io.muster.protocol.link;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.muster.protocol.Failure;
import io.muster.protocol.ServerId;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How the agent's connection to a server does.
 *
 * @param at of the attempt that this comes from
 * @param failure null = the newest attempt succeeded
 * @param error a sentence, nothing secret; null = none
 * @param breaker {@code closed}, {@code open} or {@code half-open}
 * @param lastConnectedAt null = never since the agent knows the server
 * @param learnedTimeoutMs in force at the next attempt
 * @param responseTimeMs mean of the last 24 h; null = nothing answered
 * @param successRate of the last 24 h as far as the agent has run, 0–1
 * @param nodeCount null = not known
 * @param version the platform's release; null = not known
 */
public record ServerStatusChange(
    ServerId server,
    Connection connection,
    Instant at,
    @Nullable Failure failure,
    @Nullable String error,
    String breaker,
    @Nullable Instant lastConnectedAt,
    @Nullable Long learnedTimeoutMs,
    @Nullable Double responseTimeMs,
    @Nullable Double successRate,
    @Nullable Integer nodeCount,
    @Nullable String version) {
  public ServerStatusChange {
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(connection, "connection");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(breaker, "breaker");
  }

  /** As in {@code server_status.connection_status}. */
  public enum Connection {
    @JsonProperty("online")
    ONLINE("online"),
    @JsonProperty("offline")
    OFFLINE("offline");

    private final String label;

    Connection(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }
}
