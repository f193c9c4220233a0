package io.muster.simulator.proxmox;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.simulator.proxmox.access.ApiToken;
import io.muster.simulator.tls.PrivateFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells other programs, in a file that only its owner can read, where the clusters are. */
public final class EndpointsFile {
  private EndpointsFile() {}

  /** Writes what describes one cluster as it is, and what describes several as a list. */
  public static void write(Path file, List<Map<String, Object>> clusters) throws IOException {
    Object content = clusters.size() == 1 ? clusters.getFirst() : Map.of("clusters", clusters);
    PrivateFile.write(
        file,
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(content) + "\n");
  }

  /**
   * Describes a cluster, and writes its authority's certificate beside its data.
   *
   * <p>Members: {@code provider}, {@code release}, {@code name}, {@code nodes[]} ({@code name},
   * {@code url} when it has an address of its own), {@code urls[]}, {@code caFile}, {@code
   * readerToken} and {@code actorToken} ({@code id}, {@code secret}), {@code control}.
   */
  public static Map<String, Object> describe(Path data, SimulatedProxmox cluster, URI control)
      throws IOException {
    Path authority = data.resolve("pve-root-ca.pem").toAbsolutePath();
    Files.createDirectories(data);
    Files.writeString(authority, cluster.authorityPem());
    List<Map<String, String>> nodes = new ArrayList<>();
    for (String node : cluster.nodes()) {
      Map<String, String> row = new LinkedHashMap<>();
      row.put("name", node);
      cluster.ownUrl(node).ifPresent(url -> row.put("url", url.toString()));
      nodes.add(row);
    }
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("provider", "proxmox");
    content.put("release", cluster.world().version().release());
    content.put("name", cluster.world().state().clusterName());
    content.put("nodes", nodes);
    content.put("urls", cluster.urls().stream().map(URI::toString).toList());
    content.put("caFile", authority.toString());
    content.put("readerToken", token(cluster.readerToken()));
    content.put("actorToken", token(cluster.actorToken()));
    content.put("control", control.toString());
    return content;
  }

  private static Map<String, String> token(ApiToken token) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("id", token.id());
    row.put("secret", token.secret());
    return row;
  }
}
