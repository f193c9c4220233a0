package io.muster.e2e.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.cli.local.Ports;
import io.muster.e2e.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The agent of a site: keeps its data folder and its port over all its lives. */
final class Agent implements AutoCloseable {
  private final Program program;
  private final String url;

  private Agent(Program program, String url) {
    this.program = program;
    this.url = url;
  }

  /**
   * Returns at once.
   *
   * @param questDb variables that say where rows go
   */
  static Agent start(Path folder, Cluster cluster, int intervalSeconds, Map<String, String> questDb)
      throws IOException {
    Files.createDirectories(folder);
    var inventory = folder.resolve("infrastructure_config.json");
    var servers = new ObjectMapper().createObjectNode();
    cluster.describe(servers.putArray("servers").addObject(), intervalSeconds);
    Files.writeString(inventory, servers.toString());
    var port = Ports.free("127.0.0.1", 1).getFirst();
    var environment = new HashMap<>(questDb);
    environment.put("MUSTER_CONFIG", inventory.toString());
    environment.put("MUSTER_DATA", folder.resolve("data").toString());
    environment.put("MUSTER_MANAGEMENT_PORT", String.valueOf(port));
    environment.put("MUSTER_SITE", "faults");
    return new Agent(
        Program.start("agent", folder, environment, "run"), "http://127.0.0.1:" + port);
  }

  /** Again, after it was ended. Returns at once. */
  void start() {
    program.start();
  }

  /** SIGTERM. Blocks until it is gone. */
  void stop() {
    program.stop();
  }

  /** SIGKILL. Blocks until it is gone. */
  void kill() {
    program.kill();
  }

  /** What it tells of itself; null when it does not answer. */
  @Nullable JsonNode state() {
    try {
      return Http.call("GET", url + "/state");
    } catch (IOException notNow) {
      return null;
    }
  }

  String lastWords() {
    return program.lastWords();
  }

  String log() {
    return program.log();
  }

  @Override
  public void close() {
    program.close();
  }
}
