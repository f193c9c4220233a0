package io.muster.control.link;

import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A site's agent has come, gone, or was refused.
 *
 * @param agent as it calls itself
 * @param reason a sentence; null = it has come
 */
public record AgentNews(
    UUID tenant,
    UUID site,
    String siteName,
    State state,
    UUID agent,
    String version,
    @Nullable String reason,
    Instant at) {
  public AgentNews {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(site, "site");
    Objects.requireNonNull(siteName, "siteName");
    Objects.requireNonNull(state, "state");
    Objects.requireNonNull(agent, "agent");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(at, "at");
  }

  /** What has become of it. */
  public enum State {
    CONNECTED,
    LOST,
    REFUSED;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
