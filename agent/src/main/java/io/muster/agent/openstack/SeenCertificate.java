package io.muster.agent.openstack;

import io.muster.protocol.Fingerprint;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;

/** A certificate that one of the cloud's endpoints showed. */
record SeenCertificate(Fingerprint fingerprint, Instant expiresAt) {
  static SeenCertificate of(X509Certificate certificate) throws CertificateEncodingException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return new SeenCertificate(
          Fingerprint.ofDigest(digest), certificate.getNotAfter().toInstant());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
