package io.muster.simulator.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;

/**
 * What one node shows to its clients.
 *
 * @param names DNS names and addresses that it is good for
 * @param authority the certificate of the cluster's own authority
 */
public record NodeCertificate(
    X509Certificate certificate, PrivateKey key, List<String> names, X509Certificate authority) {
  public NodeCertificate {
    names = List.copyOf(names);
  }

  /** SHA-256 in upper-case hex with colons, as {@code GET /nodes} shows it. */
  public String fingerprint() {
    return Pem.fingerprint(certificate);
  }

  /** The certificate in PEM. */
  public String pem() {
    return Pem.certificate(certificate);
  }

  /** What shows it to a client. */
  public KeyManager keyManager() {
    return new OneKey(this);
  }

  @Override
  public String toString() {
    return "NodeCertificate[" + names + ", " + fingerprint() + "]";
  }
}
