package io.muster.simulator.kubernetes;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes what kubectl and its relatives read. */
final class KubeConfig {
  private KubeConfig() {}

  /**
   * A kubeconfig with one context, {@code simulated}.
   *
   * @param authorityPem what the server is trusted by
   */
  static String of(URI server, String authorityPem, String token) {
    return """
    apiVersion: v1
    kind: Config
    current-context: simulated
    clusters:
      - name: simulated
        cluster:
          server: %s
          certificate-authority-data: %s
    users:
      - name: simulated
        user:
          token: %s
    contexts:
      - name: simulated
        context:
          cluster: simulated
          user: simulated
    """
        .formatted(
            server,
            Base64.getEncoder().encodeToString(authorityPem.getBytes(StandardCharsets.US_ASCII)),
            token);
  }
}
