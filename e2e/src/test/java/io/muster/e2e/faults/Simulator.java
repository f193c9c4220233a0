package io.muster.e2e.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.e2e.Program;
import io.muster.e2e.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The simulated platform of a site. */
final class Simulator implements AutoCloseable {
  /** It takes 2 s; a machine busy with builds may need many times that. */
  private static final Duration START_PATIENCE = Duration.ofMinutes(2);

  private final Program program;
  private final Cluster cluster;

  private Simulator(Program program, Cluster cluster) {
    this.program = program;
    this.cluster = cluster;
  }

  /** Nothing happens by itself: whoever looks for what a fault did must not find backups. */
  static Simulator start(Path folder, Duration period) throws IOException {
    var file = folder.resolve("endpoints.json");
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("proxmox", "--port", "0", "--no-life", "--data", folder.toString()));
    arguments.addAll(List.of("--endpoints-file", file.toString()));
    arguments.addAll(List.of("--nodes", "3", "--guests", "9", "--boot-seconds", "1"));
    arguments.addAll(List.of("--sample-seconds", String.valueOf(period.toSeconds())));
    var program = Program.start("simulator", folder, Map.of(), arguments.toArray(String[]::new));
    return new Simulator(program, new Cluster("cluster", awaitReady(program, file)));
  }

  /** What a program of the simulator's jar wrote once it was ready. */
  static JsonNode awaitReady(Program program, Path file) throws IOException {
    Wait.until(
        START_PATIENCE,
        () -> "it is ready; " + program.lastWords(),
        () -> {
          if (!program.isAlive()) {
            throw new AssertionError("It ended; " + program.lastWords());
          }
          return program.log().contains("ready ");
        });
    return Http.json(Files.readString(file));
  }

  Cluster cluster() {
    return cluster;
  }

  @Override
  public void close() {
    program.close();
  }
}
