package io.muster.control.importing;

import io.micronaut.serde.annotation.Serdeable;
import io.muster.protocol.link.CheckAnswer;
import java.time.Instant;

/**
 * A certificate that a server showed.
 *
 * @param sha256 hexadecimal in pairs with colons, as pins are written
 * @param trusted whether the entry as it is accepts it
 */
@Serdeable
record CertificateView(
    String subject, String issuer, String sha256, Instant notAfter, boolean trusted) {
  static CertificateView of(CheckAnswer.Certificate certificate) {
    return new CertificateView(
        certificate.subject(),
        certificate.issuer(),
        certificate.sha256(),
        certificate.notAfter(),
        certificate.trusted());
  }
}
