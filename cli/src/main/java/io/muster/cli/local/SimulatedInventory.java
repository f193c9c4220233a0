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
  /** In life it is a minute; who looks at a demo should not have to wait for one. */
  private static final int OPENSTACK_SECONDS = 15;

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
      switch (endpoints.path("provider").asText()) {
        case "kubernetes" -> servers.add(kubernetes(endpoints));
        case "openstack" -> servers.add(openStack(endpoints));
        default -> servers.addAll(proxmox(clusters(endpoints)));
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

  private static ObjectNode openStack(JsonNode cloud) {
    var server = JSON.createObjectNode();
    var credential = cloud.path("applicationCredential");
    server.put("name", "demo-openstack");
    server.put("provider", "openstack");
    server.put("intervalSeconds", OPENSTACK_SECONDS);
    server.set("authUrl", cloud.path("authUrl"));
    server.set("region", cloud.path("region"));
    server.set("applicationCredentialId", credential.path("id"));
    server.set("applicationCredentialSecret", credential.path("secret"));
    server.put("caCert", "file:" + cloud.path("caFile").asText());
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
