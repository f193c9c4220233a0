package io.muster.agent.provider;

import io.muster.protocol.Fingerprint;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;

/** What is worth knowing of a certificate that a server showed. */
public record PeerCertificate(
    Fingerprint fingerprint, String subject, String issuer, Instant expiresAt) {
  public static PeerCertificate of(X509Certificate certificate)
      throws CertificateEncodingException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return new PeerCertificate(
          Fingerprint.ofDigest(digest),
          certificate.getSubjectX500Principal().getName(),
          certificate.getIssuerX500Principal().getName(),
          certificate.getNotAfter().toInstant());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * The same with what was thought of it.
   *
   * @param trusted a pin, an authority or the cluster itself vouches for it; false also where
   *     nobody was asked
   */
  public record Judged(PeerCertificate certificate, boolean trusted) {}
}
