package io.muster.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
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
            "--version",
            options.pveVersion(),
            // Two demos share the nodes' addresses, so each takes a port of its own.
            "--port",
            "0",
            "--data",
            data.toString(),
            "--endpoints-file",
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
    for (var node : endpoints.path("nodes")) {
      var url = node.path("url").asText("(through the first node)");
      summary.addAddress("Proxmox VE node " + node.path("name").asText(), url, "");
    }
  }
}
