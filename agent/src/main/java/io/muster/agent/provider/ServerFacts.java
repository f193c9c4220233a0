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
  public ServerFacts {
    missingPrivileges = missingPrivileges == null ? null : List.copyOf(missingPrivileges);
  }
}
