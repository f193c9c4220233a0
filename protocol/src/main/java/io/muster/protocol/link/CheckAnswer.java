package io.muster.protocol.link;

import io.muster.protocol.Failure;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check found out.
 *
 * @param ok it can be relied on: it answers, and nothing is missing or about to expire
 * @param responseTimeMs of the first authenticated call; null = nothing answered
 * @param version the platform's release; null = not read
 * @param nodes how many it lists; null = not read
 * @param failure why nothing could be read; null = it was read, even if {@code ok} is false
 * @param error sentences for people, nothing secret; null when {@code ok}
 * @param missingPrivileges empty = none is missing, or it was not found out
 * @param certificates what was shown, also the refused ones
 */
public record CheckAnswer(
    boolean ok,
    @Nullable Double responseTimeMs,
    @Nullable String version,
    @Nullable Integer nodes,
    @Nullable Failure failure,
    @Nullable String error,
    List<String> missingPrivileges,
    List<Certificate> certificates) {
  public CheckAnswer {
    missingPrivileges = missingPrivileges == null ? List.of() : List.copyOf(missingPrivileges);
    certificates = certificates == null ? List.of() : List.copyOf(certificates);
  }

  /** Of a server that could not be read. */
  public static CheckAnswer failed(Failure failure, String error, List<Certificate> certificates) {
    return new CheckAnswer(
        false, null, null, null, failure, LinkProtocol.shortened(error), List.of(), certificates);
  }

  /**
   * A certificate that a server showed.
   *
   * @param sha256 hexadecimal in pairs with colons
   * @param trusted whether what the entry trusts (pin, authority, the system's) vouches for it
   */
  public record Certificate(
      String subject, String issuer, String sha256, Instant notAfter, boolean trusted) {}
}
