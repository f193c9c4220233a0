package io.muster.agent.proxmox;

import io.muster.agent.provider.PeerCertificate;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import org.jspecify.annotations.Nullable;

/** Why a certificate is not trusted, what was seen, and what to do: one sentence for people. */
final class Refusal {
  private Refusal() {}

  static CertificateException unpinned(PeerCertificate seen) {
    return refuse(
        "none of the pinned ones",
        seen,
        "if it was renewed, compare it on the node and add it to `fingerprints`",
        null);
  }

  /**
   * @param privateAuthority whether `caCert` is what was asked
   */
  static CertificateException unvouched(
      PeerCertificate seen, boolean privateAuthority, CertificateException objection) {
    if (find(objection, CertPathBuilderException.class)) {
      return refuse(
          privateAuthority ? "not of the authority in `caCert`" : "of an unknown authority",
          seen,
          "if it is the node's, put its authority into `caCert`, or itself into `fingerprints`",
          objection);
    }
    if (find(objection, CertificateExpiredException.class)) {
      return refuse("expired", seen, "renew it on the node", objection);
    }
    return refuse(
        String.valueOf(objection.getMessage()),
        seen,
        "if it is the node's, use a name that is in it, or put it into `fingerprints`",
        objection);
  }

  private static CertificateException refuse(
      String why, PeerCertificate seen, String todo, @Nullable CertificateException cause) {
    return new CertificateException(
        "certificate refused, "
            + why
            + ": seen SHA-256 "
            + seen.fingerprint()
            + ", issuer "
            + seen.issuer()
            + ", valid until "
            + seen.expiresAt()
            + "; "
            + todo,
        cause);
  }

  private static boolean find(@Nullable Throwable start, Class<? extends Throwable> type) {
    for (@Nullable Throwable at = start; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return true;
      }
    }
    return false;
  }
}
