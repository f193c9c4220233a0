package io.muster.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The inventory that makes an agent poll what simulators simulate. */
public final class SimulatedInventory {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SimulatedInventory() {}

  /** What a simulator wrote of itself: one cluster, or several. */
  public static List<JsonNode> clusters(JsonNode endpoints) {
    return endpoints.has("clusters")
        ? List.copyOf(endpoints.path("clusters").valueStream().toList())
        : List.of(endpoints);
  }

  /**
   * For the owner alone, since it holds tokens.
   *
   * @param simulators what each wrote of itself
   */
  public static Path write(List<JsonNode> simulators, Path folder) throws IOException {
    var inventory = JSON.createObjectNode();
    var servers = inventory.putArray("servers");
    for (var endpoints : simulators) {
      if (endpoints.path("provider").asText().equals("kubernetes")) {
        servers.add(kubernetes(endpoints));
      } else {
        servers.addAll(proxmox(clusters(endpoints)));
      }
    }
    var file = folder.resolve("infrastructure_config.json");
    PrivateFiles.write(file, inventory.toPrettyString() + "\n");
    return file;
  }

  private static List<ObjectNode> proxmox(List<JsonNode> clusters) {
    var servers = new ArrayList<ObjectNode>();
    for (var i = 0; i < clusters.size(); i++) {
      var name = clusters.size() == 1 ? "demo-cluster" : "demo-cluster-" + (i + 1);
      servers.add(server(name, clusters.get(i)));
    }
    return servers;
  }

  private static ObjectNode kubernetes(JsonNode cluster) {
    var server = JSON.createObjectNode();
    server.put("name", "demo-kubernetes");
    server.put("provider", "kubernetes");
    server.set("url", cluster.path("url"));
    server.set("token", cluster.path("readerToken"));
    server.put("caCert", "file:" + cluster.path("caFile").asText());
    return server;
  }

  private static ObjectNode server(String name, JsonNode cluster) {
    var server = JSON.createObjectNode();
    server.put("name", name);
    server.put("provider", "proxmox");
    server.set("urls", cluster.path("urls"));
    var addresses = server.putObject("nodeAddresses");
    for (var node : cluster.path("nodes")) {
      if (node.has("url")) {
        addresses.set(node.path("name").asText(), node.path("url"));
      }
    }
    server.set("tokenId", cluster.path("readerToken").path("id"));
    server.set("tokenSecret", cluster.path("readerToken").path("secret"));
    server.put("caCert", "file:" + cluster.path("caFile").asText());
    return server;
  }
}
