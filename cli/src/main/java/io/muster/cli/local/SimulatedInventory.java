package io.muster.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The inventory that makes an agent poll what a simulator simulates. */
public final class SimulatedInventory {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SimulatedInventory() {}

  /** What a simulator wrote of itself: one cluster, or several. */
  public static List<JsonNode> clusters(JsonNode endpoints) {
    return endpoints.has("clusters")
        ? List.copyOf(endpoints.path("clusters").valueStream().toList())
        : List.of(endpoints);
  }

  /** For the owner alone, since it holds tokens. */
  public static Path write(JsonNode endpoints, Path folder) throws IOException {
    var clusters = clusters(endpoints);
    var inventory = JSON.createObjectNode();
    var servers = inventory.putArray("servers");
    for (var i = 0; i < clusters.size(); i++) {
      var name = clusters.size() == 1 ? "demo-cluster" : "demo-cluster-" + (i + 1);
      servers.add(server(name, clusters.get(i)));
    }
    var file = folder.resolve("infrastructure_config.json");
    PrivateFiles.write(file, inventory.toPrettyString() + "\n");
    return file;
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
