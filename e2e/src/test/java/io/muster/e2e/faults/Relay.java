package io.muster.e2e.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.e2e.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** What stands between the agent and QuestDB, and fails on demand. */
final class Relay implements AutoCloseable {
  private final Program program;
  private final JsonNode endpoints;

  private Relay(Program program, JsonNode endpoints) {
    this.program = program;
    this.endpoints = endpoints;
  }

  static Relay start(Path folder, URI questDb) throws IOException {
    var file = folder.resolve("endpoints.json");
    var program =
        Program.start(
            "simulator",
            folder,
            Map.of(),
            "questdb-relay",
            "--to",
            questDb.toString(),
            "--endpoints-file",
            file.toString());
    return new Relay(program, Simulator.awaitReady(program, file));
  }

  String url() {
    return endpoints.path("url").asText();
  }

  /** {@code pass}, {@code refuse}, {@code hang}, {@code cut}, or {@code status&status=503}. */
  void mode(String mode) throws IOException {
    Http.call("POST", endpoints.path("control").asText() + "/mode?mode=" + mode);
  }

  @Override
  public void close() {
    program.close();
  }
}
