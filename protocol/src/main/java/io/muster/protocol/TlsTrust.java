package io.muster.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server's certificate must satisfy.
 *
 * @param verify false accepts every certificate; said in {@code check} and {@code /state}
 * @param fingerprints pins; when not empty, one of them must match and nothing else is asked
 * @param caCertificate PEM of the authority to trust in place of the system's, or null
 */
public record TlsTrust(
    boolean verify, List<Fingerprint> fingerprints, @Nullable String caCertificate) {
  public TlsTrust {
    fingerprints = List.copyOf(fingerprints);
    if (caCertificate != null && !caCertificate.contains("-----BEGIN CERTIFICATE-----")) {
      throw new IllegalArgumentException("caCert must be a certificate in PEM form");
    }
  }

  /** What the system trusts, nothing else. */
  public static TlsTrust system() {
    return new TlsTrust(true, List.of(), null);
  }
}
