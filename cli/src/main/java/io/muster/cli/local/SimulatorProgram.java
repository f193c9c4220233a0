package io.muster.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The simulated Proxmox VE cluster as a process.
 *
 * @param endpoints what it wrote of itself: addresses, token, certificate authority
 */
record SimulatorProgram(ManagedProcess process, JsonNode endpoints) {
  /** A world of a few thousand guests with half an hour of history. */
  private static final int HEAP_MEGABYTES = 192;

  private static final Duration START_PATIENCE = Duration.ofSeconds(60);

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Blocks until it has written where it listens. */
  static SimulatorProgram start(
      LocalRun run, Installation installation, DemoOptions options, List<String> leftOut)
      throws IOException {
    var data = run.state().data("simulator");
    var endpointsFile = data.resolve("endpoints.json");
    Files.deleteIfExists(endpointsFile);
    var command =
        JavaCommand.small(
            HEAP_MEGABYTES,
            "-jar",
            installation.simulatorJar().toString(),
            "proxmox",
            "--nodes",
            String.valueOf(options.nodes()),
            "--guests",
            String.valueOf(options.guests()),
            "--pve-version",
            options.pveVersion(),
            "--endpoints",
            endpointsFile.toString());
    var process =
        run.start(
            run.spec("the simulator", "simulator", command, Map.of(), leftOut),
            START_PATIENCE,
            "it has not written " + endpointsFile,
            () -> Files.exists(endpointsFile));
    return new SimulatorProgram(process, JSON.readTree(Files.readString(endpointsFile)));
  }

  /** Where nodes are stopped, guests deleted, faults switched on. */
  String controlUrl() {
    return endpoints.path("control").asText();
  }

  void describe(Summary summary) {
    summary.add("Simulator's control", controlUrl(), "", process);
    for (var node : endpoints.path("nodes").properties()) {
      summary.add("  Proxmox " + node.getKey(), node.getValue().asText(), "", process);
    }
  }

  /** The inventory that makes an agent poll it; for the owner alone, since it holds the token. */
  Path writeInventory(Path folder) throws IOException {
    var addresses = new LinkedHashMap<String, String>();
    endpoints
        .path("nodes")
        .properties()
        .forEach(n -> addresses.put(n.getKey(), n.getValue().asText()));
    var server = new LinkedHashMap<String, Object>();
    server.put("name", "demo-cluster");
    server.put("provider", "proxmox");
    server.put("urls", List.copyOf(addresses.values()));
    server.put("tokenId", endpoints.path("tokenId").asText());
    server.put("tokenSecret", endpoints.path("tokenSecret").asText());
    server.put("caCert", endpoints.path("caCert").asText());
    var file = folder.resolve("infrastructure_config.json");
    PrivateFiles.write(
        file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(List.of(server)) + "\n");
    return file;
  }
}
