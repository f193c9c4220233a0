package io.muster.agent.provider;

import io.muster.protocol.Fingerprint;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the server itself; null = not known (yet).
 *
 * @param version the platform's release, such as {@code 9.2.11}
 * @param endpoint where the last answer came from
 * @param missingPrivileges such as {@code Sys.Audit on /}; empty when none, null when not asked yet
 * @param duplicateOf name of the server entry that is the same cluster
 */
public record ServerFacts(
    @Nullable String version,
    @Nullable URI endpoint,
    @Nullable Instant tokenExpiresAt,
    @Nullable Instant certificateExpiresAt,
    @Nullable Fingerprint certificateSha256,
    @Nullable List<String> missingPrivileges,
    @Nullable String duplicateOf) {
  /** Before anything was read. */
  public static final ServerFacts UNKNOWN =
      new ServerFacts(null, null, null, null, null, null, null);

  public ServerFacts {
    missingPrivileges = missingPrivileges == null ? null : List.copyOf(missingPrivileges);
  }

  /** The same facts of an entry that is the same cluster as another one; null = as none. */
  public ServerFacts duplicateOf(@Nullable String other) {
    return new ServerFacts(
        version,
        endpoint,
        tokenExpiresAt,
        certificateExpiresAt,
        certificateSha256,
        missingPrivileges,
        other);
  }
}
