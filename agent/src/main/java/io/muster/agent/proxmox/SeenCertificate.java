package io.muster.agent.proxmox;

import io.muster.protocol.Fingerprint;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;

/** What is worth knowing of a certificate that a server showed. */
record SeenCertificate(Fingerprint fingerprint, String issuer, Instant expiresAt) {
  static SeenCertificate of(X509Certificate certificate) throws CertificateEncodingException {
    return new SeenCertificate(
        Fingerprint.ofDigest(sha256(certificate.getEncoded())),
        certificate.getIssuerX500Principal().getName(),
        certificate.getNotAfter().toInstant());
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
