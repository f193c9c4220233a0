package io.muster.control.server;

import com.fasterxml.jackson.annotation.JsonValue;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the connection to a server does, as far as can be known now. */
@Serdeable
public enum ConnectionStatus {
  ONLINE,
  OFFLINE,
  /** Nobody polls it: it is disabled, or its site's agent is not connected. */
  UNKNOWN,
  /** Its agent has not told yet how the entry as it is now does. */
  CHECKING;

  /** The word in JSON and in columns. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What to say of a server whose agent told {@code stored} last; null = nothing yet. */
  static ConnectionStatus of(boolean enabled, boolean agentConnected, @Nullable String stored) {
    if (!enabled || !agentConnected) {
      return UNKNOWN;
    }
    return stored == null ? CHECKING : valueOf(stored.toUpperCase(Locale.ROOT));
  }
}
