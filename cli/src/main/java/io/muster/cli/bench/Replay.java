package io.muster.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.cli.local.Installation;
import io.muster.cli.local.ManagedProcess;
import io.muster.cli.local.ProcessSpec;
import io.muster.cli.local.ProgramJvm;
import io.muster.cli.local.QuestDbProcess;
import io.muster.cli.local.StartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** How fast the spool's rows go into QuestDB, against the bare client with the same rows. */
final class Replay {
  private static final int ROUNDS = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Installation installation;
  private final Report report;

  Replay(Installation installation, Report report) {
    this.installation = installation;
    this.report = report;
  }

  void measure(Path folder) throws IOException {
    report.heading("rows out of the spool into QuestDB, 300,000 a round");
    for (var round = 1; round <= ROUNDS; round++) {
      var here = Files.createDirectories(folder.resolve("round-" + round));
      try (var questDb = QuestDbProcess.start(here.resolve("questdb"))) {
        var rates = new ObjectMapper().readTree(run(here, questDb));
        var replayed = rates.path("replayed").asDouble();
        var bare = rates.path("bare").asDouble();
        report.line(
            "round %d: replayed, of the bare client's rate".formatted(round),
            "%,.0f/s, %.0f %%".formatted(replayed, 100 * replayed / bare),
            "≥ 70 %");
        report.line(
            "  bare client; into the spool, fsynced",
            "%,.0f/s; %,.0f/s".formatted(bare, rates.path("spooled").asDouble()),
            "");
      }
    }
  }

  private String run(Path folder, QuestDbProcess questDb) throws IOException {
    var environment =
        Map.of(
            "MUSTER_DATA", folder.resolve("agent").toString(),
            "QUESTDB_URL", questDb.httpUrl().toString(),
            "QUESTDB_USER", questDb.user(),
            "QUESTDB_PASSWORD", questDb.password().reveal());
    var command = ProgramJvm.agent(installation).command("measure-replay");
    var log = folder.resolve("replay.log");
    try (var process =
        ManagedProcess.start(
            new ProcessSpec(
                "the measurement", command, environment, List.of("MUSTER_"), folder, log))) {
      var ended = process.awaitExit(PATIENCE);
      if (!ended || !Integer.valueOf(0).equals(process.exitCode())) {
        throw new StartException(
            "Cannot measure the replay:\n" + String.join("\n", process.lastLogLines(20)));
      }
      return process.lastLogLines(1).getFirst();
    }
  }
}
