package io.muster.agent.kubernetes;

import io.muster.protocol.TlsTrust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Kubernetes puts into every pod of a service account.
 *
 * @param folder holds {@code token} and {@code ca.crt}
 * @param host null = this is no pod
 */
record ServiceAccount(Path folder, @Nullable String host, @Nullable String port) {
  static ServiceAccount ofThisPod() {
    return new ServiceAccount(
        Path.of("/var/run/secrets/kubernetes.io/serviceaccount"),
        System.getenv("KUBERNETES_SERVICE_HOST"),
        System.getenv("KUBERNETES_SERVICE_PORT"));
  }

  /** Blocks on the disk. The token is read at each call: the kubelet renews it every hour. */
  Login login(String cluster, TlsTrust trust) throws IOException {
    if (host == null) {
      throw new IOException(
          "inCluster needs an agent that runs in a pod with a service account: there is no"
              + " KUBERNETES_SERVICE_HOST here");
    }
    String bare = host.contains(":") ? "[" + host + "]" : host;
    String authority =
        trust.caCertificate() == null
            ? Files.readString(folder.resolve("ca.crt"))
            : trust.caCertificate();
    return new Login(
        URI.create("https://" + bare + ":" + (port == null ? "443" : port)),
        cluster,
        () -> "Bearer " + Files.readString(folder.resolve("token")).strip(),
        Map.of(),
        List.of(),
        new TlsTrust(trust.verify(), trust.fingerprints(), authority),
        null);
  }
}
