package io.muster.simulator.proxmox;

import io.muster.simulator.proxmox.api.Handler;
import io.muster.simulator.tls.NodeCertificate;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code GET /nodes/{node}/certificates/info}: the authority's and the node's certificate. */
final class CertificateHandlers {
  private CertificateHandlers() {}

  static Map<String, Handler> of(Certificates certificates) {
    return Map.of(
        "GET /nodes/{node}/certificates/info",
        call -> {
          NodeCertificate node = certificates.stated(call.required("node"));
          if (node == null) {
            return List.of();
          }
          NodeCertificate authority =
              new NodeCertificate(node.authority(), node.key(), List.of(), node.authority());
          return List.of(describe("pve-root-ca.pem", authority), describe("pve-ssl.pem", node));
        });
  }

  private static Map<String, Object> describe(String file, NodeCertificate shown) {
    X509Certificate certificate = shown.certificate();
    Map<String, Object> row = new HashMap<>();
    row.put("filename", file);
    row.put("fingerprint", shown.fingerprint());
    row.put("issuer", name(certificate.getIssuerX500Principal().getName()));
    row.put("subject", name(certificate.getSubjectX500Principal().getName()));
    row.put("notbefore", certificate.getNotBefore().toInstant().getEpochSecond());
    row.put("notafter", certificate.getNotAfter().toInstant().getEpochSecond());
    row.put("pem", shown.pem());
    row.put("public-key-type", certificate.getPublicKey().getAlgorithm());
    row.put("san", shown.names());
    return row;
  }

  /** As OpenSSL's one line writes it: parts led by slashes, from the outside in. */
  private static String name(String rfc2253) {
    return "/" + String.join("/", List.of(rfc2253.split(",")).reversed());
  }
}
