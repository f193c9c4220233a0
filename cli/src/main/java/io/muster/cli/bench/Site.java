package io.muster.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.cli.local.Http;
import io.muster.cli.local.Installation;
import io.muster.cli.local.JavaCommand;
import io.muster.cli.local.ManagedProcess;
import io.muster.cli.local.Ports;
import io.muster.cli.local.ProcessSpec;
import io.muster.cli.local.QuestDbProcess;
import io.muster.cli.local.Readiness;
import io.muster.cli.local.SimulatedInventory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A simulator, a QuestDB and the inventory of an agent that is started and ended at will. */
final class Site implements AutoCloseable {
  /** A world of 5,000 guests and 500 TLS servers, or of 10,000 pods. */
  private static final int SIMULATOR_MEGABYTES = 512;

  /** 500 keys of RSA-2048 are made at the first start: minutes on a slow machine. */
  private static final Duration SIMULATOR_PATIENCE = Duration.ofMinutes(10);

  static final Duration AGENT_PATIENCE = Duration.ofMinutes(1);

  private static final String ONCE_A_POLL = "GET /cluster/resources";

  /** As docs/proxmox.md lists them. */
  private static final Set<String> STEADY_CALLS =
      Set.of(ONCE_A_POLL, "GET /cluster/metrics/export");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final QuestDbProcess questDb;
  private final ManagedProcess simulator;
  private final JsonNode endpoints;
  private final Path inventory;

  private Site(Path folder, QuestDbProcess questDb, ManagedProcess simulator, JsonNode endpoints)
      throws IOException {
    this.folder = folder;
    this.questDb = questDb;
    this.simulator = simulator;
    this.endpoints = endpoints;
    this.inventory = SimulatedInventory.write(List.of(endpoints), folder);
  }

  /** With Proxmox VE. */
  static Site start(Installation installation, Path folder, Size size) throws IOException {
    return start(
        installation,
        folder,
        List.of(
            "proxmox",
            "--clusters",
            String.valueOf(size.clusters()),
            "--nodes",
            String.valueOf(size.nodes()),
            "--guests",
            String.valueOf(size.guests()),
            // As the real server: the handshake is what a poll costs it.
            "--keys",
            "RSA_2048"));
  }

  /**
   * With Kubernetes.
   *
   * @param churn pods that end in a minute, and are followed by others
   */
  static Site kubernetes(Installation installation, Path folder, int nodes, int pods, int churn)
      throws IOException {
    return start(
        installation,
        folder,
        List.of(
            "kubernetes",
            "--nodes",
            String.valueOf(nodes),
            "--pods",
            String.valueOf(pods),
            "--churn",
            String.valueOf(churn)));
  }

  /**
   * With OpenStack.
   *
   * @param milliseconds that each answer takes
   */
  static Site openStack(
      Installation installation, Path folder, int hosts, int instances, int milliseconds)
      throws IOException {
    return start(
        installation,
        folder,
        List.of(
            "openstack",
            "--hosts",
            String.valueOf(hosts),
            "--instances",
            String.valueOf(instances),
            "--fault",
            "slow,ms=" + milliseconds));
  }

  private static Site start(Installation installation, Path folder, List<String> platform)
      throws IOException {
    Files.createDirectories(folder);
    var questDb = QuestDbProcess.start(folder.resolve("questdb"));
    try {
      var data = Files.createDirectories(folder.resolve("simulator"));
      var file = data.resolve("endpoints.json");
      Files.deleteIfExists(file);
      var simulator = ManagedProcess.start(simulator(installation, platform, data, file, folder));
      Readiness.await(
          simulator, SIMULATOR_PATIENCE, "it has not written " + file, () -> Files.exists(file));
      return new Site(folder, questDb, simulator, JSON.readTree(Files.readString(file)));
    } catch (IOException | RuntimeException failed) {
      questDb.close();
      throw failed;
    }
  }

  private static ProcessSpec simulator(
      Installation installation, List<String> platform, Path data, Path endpoints, Path folder) {
    var all = new ArrayList<>(List.of("-jar", installation.simulatorJar().toString()));
    all.addAll(platform);
    all.addAll(
        List.of(
            "--port", "0", "--data", data.toString(), "--endpoints-file", endpoints.toString()));
    return new ProcessSpec(
        "the simulator",
        JavaCommand.small(SIMULATOR_MEGABYTES, all.toArray(String[]::new)),
        Map.of(),
        List.of(),
        data,
        folder.resolve("simulator.log"));
  }

  /** What the simulator wrote of itself. */
  JsonNode endpoints() {
    return endpoints;
  }

  QuestDbProcess questDb() {
    return questDb;
  }

  /** Runs the agent's program, and does not wait for anything. */
  Agent startAgent(List<String> command) throws IOException {
    var port = Ports.free("127.0.0.1", 1).getFirst();
    var environment = new HashMap<String, String>();
    environment.put("MUSTER_SITE", "bench");
    environment.put("MUSTER_CONFIG", inventory.toString());
    environment.put("MUSTER_DATA", Files.createDirectories(folder.resolve("agent")).toString());
    environment.put("MUSTER_MANAGEMENT_PORT", String.valueOf(port));
    environment.put("QUESTDB_URL", questDb.httpUrl().toString());
    environment.put("QUESTDB_USER", questDb.user());
    environment.put("QUESTDB_PASSWORD", questDb.password().reveal());
    var log = folder.resolve("agent.log");
    var leftOut = List.of("MUSTER_", "PROXMOX_", "HTTPS_PROXY");
    return new Agent(
        ManagedProcess.start(
            new ProcessSpec("the agent", command, environment, leftOut, folder, log)),
        URI.create("http://127.0.0.1:" + port));
  }

  /** The cells of an answer's rows. */
  List<JsonNode> rows(String sql) throws IOException {
    return JSON.readTree(questDb.execute(sql)).path("dataset").valueStream().toList();
  }

  /** What the simulated clusters have seen since they began. */
  Seen seen() throws IOException {
    var all = new Seen(0, 0, 0, 0);
    for (var cluster : SimulatedInventory.clusters(endpoints)) {
      var statistics =
          JSON.readTree(Http.get(URI.create(cluster.path("control").asText() + "/statistics")));
      var steady = 0L;
      var slow = 0L;
      for (var call : statistics.path("calls").properties()) {
        if (STEADY_CALLS.contains(call.getKey())) {
          steady += call.getValue().asLong();
        } else {
          slow += call.getValue().asLong();
        }
      }
      var polls = statistics.path("calls").path(ONCE_A_POLL).asLong();
      all = all.plus(new Seen(statistics.path("handshakes").asLong(), polls, steady, slow));
    }
    return all;
  }

  /**
   * @param handshakes of TLS, of all nodes
   * @param polls of all clusters
   * @param steadyCalls those of each poll
   * @param slowCalls of facts that change slowly, by turns
   */
  record Seen(long handshakes, long polls, long steadyCalls, long slowCalls) {
    Seen plus(Seen other) {
      return new Seen(
          handshakes + other.handshakes,
          polls + other.polls,
          steadyCalls + other.steadyCalls,
          slowCalls + other.slowCalls);
    }

    Seen minus(Seen before) {
      return new Seen(
          handshakes - before.handshakes,
          polls - before.polls,
          steadyCalls - before.steadyCalls,
          slowCalls - before.slowCalls);
    }
  }

  @Override
  public void close() {
    simulator.close();
    questDb.close();
  }
}
