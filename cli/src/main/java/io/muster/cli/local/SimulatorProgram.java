package io.muster.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A simulated platform as a process.
 *
 * @param endpoints what it wrote of itself: addresses, token, certificate authority
 */
record SimulatorProgram(ManagedProcess process, JsonNode endpoints) {
  /** A world of a few thousand guests with half an hour of history. */
  private static final int PROXMOX_MEGABYTES = 192;

  /** A few thousand pods, and what was written of them lately. */
  private static final int KUBERNETES_MEGABYTES = 128;

  /** So that something happens while somebody looks. */
  private static final int CHURN_PER_MINUTE = 4;

  private static final Duration START_PATIENCE = Duration.ofSeconds(60);

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A Proxmox VE cluster. Blocks until it has written where it listens. */
  static SimulatorProgram proxmox(
      LocalRun run, Installation installation, DemoOptions options, List<String> leftOut)
      throws IOException {
    return start(
        run,
        installation,
        "simulator",
        "the simulator",
        PROXMOX_MEGABYTES,
        List.of(
            "proxmox",
            "--nodes",
            String.valueOf(options.nodes()),
            "--guests",
            String.valueOf(options.guests()),
            "--version",
            options.pveVersion()),
        leftOut);
  }

  /** A Kubernetes cluster. Blocks until it has written where it listens. */
  static SimulatorProgram kubernetes(
      LocalRun run, Installation installation, DemoOptions options, List<String> leftOut)
      throws IOException {
    return start(
        run,
        installation,
        "simulator-kubernetes",
        "the simulated Kubernetes",
        KUBERNETES_MEGABYTES,
        List.of(
            "kubernetes",
            "--nodes",
            String.valueOf(options.nodes()),
            "--pods",
            String.valueOf(options.pods()),
            "--churn",
            String.valueOf(CHURN_PER_MINUTE)),
        leftOut);
  }

  private static SimulatorProgram start(
      LocalRun run,
      Installation installation,
      String program,
      String name,
      int megabytes,
      List<String> arguments,
      List<String> leftOut)
      throws IOException {
    var data = run.state().data(program);
    var endpointsFile = data.resolve("endpoints.json");
    Files.deleteIfExists(endpointsFile);
    var all = new ArrayList<>(List.of("-jar", installation.simulatorJar().toString()));
    all.addAll(arguments);
    all.addAll(
        List.of(
            // Two demos share addresses, so each takes a port of its own.
            "--port",
            "0",
            "--data",
            data.toString(),
            "--endpoints-file",
            endpointsFile.toString()));
    var process =
        run.start(
            run.spec(
                name,
                program,
                JavaCommand.small(megabytes, all.toArray(String[]::new)),
                Map.of(),
                leftOut),
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
    var isKubernetes = endpoints.path("provider").asText().equals("kubernetes");
    summary.add(
        isKubernetes ? "Kubernetes' control" : "Simulator's control", controlUrl(), "", process);
    if (isKubernetes) {
      summary.addAddress("Kubernetes API", endpoints.path("url").asText(), "");
    }
    for (var node : endpoints.path("nodes")) {
      var url = node.path("url").asText("(through the first node)");
      summary.addAddress("Proxmox VE node " + node.path("name").asText(), url, "");
    }
  }
}
