package io.muster.control.caller;

import io.micronaut.security.authentication.Authentication;
import java.util.Map;
import java.util.UUID;

/** Whoever showed a valid token. */
public sealed interface Identity extends Authentication permits Caller, SiteAgent {
  /** The tenant that everything it sees belongs to. */
  UUID tenant();

  /** Where the request came from. */
  String address();

  @Override
  default Map<String, Object> getAttributes() {
    return Map.of();
  }
}
