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
 * @param endpoints what it wrote of itself: addresses, credentials, certificate authority
 */
record SimulatorProgram(Platform platform, ManagedProcess process, JsonNode endpoints) {
  /** What can be simulated, and what a process of it is called and may take. */
  enum Platform {
    /** A world of a few thousand guests with half an hour of history. */
    PROXMOX("simulator", "the simulator", "Simulator's control", 192),
    /** A few thousand pods, and what was written of them lately. */
    KUBERNETES("simulator-kubernetes", "the simulated Kubernetes", "Kubernetes' control", 128),
    /** A few thousand instances, and what was done to them. */
    OPENSTACK("simulator-openstack", "the simulated OpenStack", "OpenStack's control", 128);

    private final String program;
    private final String title;
    private final String control;
    private final int megabytes;

    Platform(String program, String title, String control, int megabytes) {
      this.program = program;
      this.title = title;
      this.control = control;
      this.megabytes = megabytes;
    }
  }

  /** So that something happens while somebody looks. */
  private static final int CHURN_PER_MINUTE = 4;

  private static final Duration START_PATIENCE = Duration.ofSeconds(60);

  private static final ObjectMapper JSON = new ObjectMapper();

  /** All that the demo shows. Blocks until each has written where it listens. */
  static List<SimulatorProgram> startAll(
      LocalRun run, Installation installation, DemoOptions options, List<String> leftOut)
      throws IOException {
    var started = new ArrayList<SimulatorProgram>();
    for (var platform : Platform.values()) {
      if (isWanted(platform, options)) {
        started.add(start(run, installation, platform, arguments(platform, options), leftOut));
      }
    }
    return started;
  }

  private static boolean isWanted(Platform platform, DemoOptions options) {
    return switch (platform) {
      case PROXMOX -> true;
      case KUBERNETES -> options.pods() > 0;
      case OPENSTACK -> options.instances() > 0;
    };
  }

  private static List<String> arguments(Platform platform, DemoOptions options) {
    var churn = String.valueOf(CHURN_PER_MINUTE);
    var nodes = String.valueOf(options.nodes());
    return switch (platform) {
      case PROXMOX ->
          List.of(
              "proxmox",
              "--nodes",
              nodes,
              "--guests",
              String.valueOf(options.guests()),
              "--version",
              options.pveVersion());
      case KUBERNETES ->
          List.of(
              "kubernetes",
              "--nodes",
              nodes,
              "--pods",
              String.valueOf(options.pods()),
              "--churn",
              churn);
      case OPENSTACK ->
          List.of(
              "openstack",
              "--hosts",
              String.valueOf(options.hosts()),
              "--instances",
              String.valueOf(options.instances()),
              "--churn",
              churn);
    };
  }

  private static SimulatorProgram start(
      LocalRun run,
      Installation installation,
      Platform platform,
      List<String> arguments,
      List<String> leftOut)
      throws IOException {
    var data = run.state().data(platform.program);
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
                platform.title,
                platform.program,
                JavaCommand.small(platform.megabytes, all.toArray(String[]::new)),
                Map.of(),
                leftOut),
            START_PATIENCE,
            "it has not written " + endpointsFile,
            () -> Files.exists(endpointsFile));
    return new SimulatorProgram(platform, process, JSON.readTree(Files.readString(endpointsFile)));
  }

  /** Where nodes are stopped, guests deleted, faults switched on. */
  String controlUrl() {
    return endpoints.path("control").asText();
  }

  void describe(Summary summary) {
    summary.add(platform.control, controlUrl(), "", process);
    switch (platform) {
      case PROXMOX -> {
        for (var node : endpoints.path("nodes")) {
          var url = node.path("url").asText("(through the first node)");
          summary.addAddress("Proxmox VE node " + node.path("name").asText(), url, "");
        }
      }
      case KUBERNETES -> summary.addAddress("Kubernetes API", endpoints.path("url").asText(), "");
      case OPENSTACK -> {
        var admin = endpoints.path("admin");
        var login = admin.path("username").asText() + " / " + admin.path("password").asText();
        summary.addAddress("OpenStack Keystone", endpoints.path("authUrl").asText(), login);
      }
    }
  }
}
