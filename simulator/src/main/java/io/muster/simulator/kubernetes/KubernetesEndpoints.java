package io.muster.simulator.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.simulator.tls.PrivateFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tells other programs, in files that only their owner can read, where a cluster is. */
public final class KubernetesEndpoints {
  private KubernetesEndpoints() {}

  /**
   * Writes what describes a cluster, and beside its data the authority and two kubeconfigs.
   *
   * <p>Members: {@code provider}, {@code version}, {@code url}, {@code caFile}, {@code
   * readerToken}, {@code namespacedToken}, {@code namespace}, {@code operatorToken}, {@code
   * adminToken}, {@code kubeConfigFile} (the administrator's), {@code readerKubeConfigFile}, {@code
   * control}.
   */
  public static void write(Path file, Path data, SimulatedKubernetes cluster, URI control)
      throws IOException {
    Path folder = data.toAbsolutePath();
    Path authority = folder.resolve("ca.pem");
    Files.createDirectories(folder);
    Files.writeString(authority, cluster.authorityPem());
    Path admin = folder.resolve("admin.kubeconfig");
    PrivateFile.write(admin, cluster.kubeConfig(cluster.adminToken()));
    Path reader = folder.resolve("reader.kubeconfig");
    PrivateFile.write(reader, cluster.kubeConfig(cluster.readerToken()));
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("provider", "kubernetes");
    content.put("version", cluster.version());
    content.put("url", cluster.url().toString());
    content.put("caFile", authority.toString());
    content.put("readerToken", cluster.readerToken());
    content.put("namespacedToken", cluster.namespacedToken());
    content.put("namespace", cluster.namespace());
    content.put("operatorToken", cluster.operatorToken());
    content.put("adminToken", cluster.adminToken());
    content.put("kubeConfigFile", admin.toString());
    content.put("readerKubeConfigFile", reader.toString());
    content.put("control", control.toString());
    PrivateFile.write(
        file,
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n");
  }
}
