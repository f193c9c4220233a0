package io.muster.cli.local;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** QuestDB (ours or another's) and the agent, against the servers of an inventory file. */
public final class UpRun {
  private static final String NO_URL =
      "--questdb-url is no URL of a QuestDB: http://host:port or https://host:port is expected.";

  private final Installation installation;
  private final UpOptions options;
  private final Screen screen;

  public UpRun(Installation installation, UpOptions options, Screen screen) {
    this.installation = installation;
    this.options = options;
    this.screen = screen;
  }

  /** Blocks until a program dies (exit code 1) or this process is ended. */
  public int run() throws IOException, InterruptedException {
    var config = options.config().toAbsolutePath();
    if (!Files.isReadable(config)) {
      throw new StartException(
          "No inventory at %s. Name yours with --config; infrastructure_config.example.json shows its shape."
              .formatted(config));
    }
    var theirs = options.questdbUrl();
    if (theirs != null) {
      refuseUnfit(theirs);
    }
    try (var run = LocalRun.open(installation, options.local(), screen)) {
      return run.untilTheEnd(() -> startAll(run, config, theirs));
    }
  }

  private LiveStatus startAll(LocalRun run, Path config, @Nullable String theirs)
      throws IOException {
    var summary = new Summary(screen, run.state());
    var questDb = theirs == null ? run.startQuestDb() : null;
    var environment = new HashMap<>(Map.of("MUSTER_CONFIG", config.toString()));
    if (questDb == null) {
      environment.put("QUESTDB_URL", Objects.requireNonNull(theirs));
    } else {
      environment.putAll(AgentProgram.writingTo(questDb));
      summary.addQuestDb(questDb);
    }
    var agent =
        AgentProgram.start(
            run,
            installation,
            environment,
            List.of(),
            questDb == null ? AgentProgram.ALIVE : AgentProgram.READY);
    summary.addAgent(agent);
    if (questDb == null) {
      summary.show(Endpoints.withoutQuestDb(Objects.requireNonNull(theirs), agent.url()), null);
    } else {
      var grafana = GrafanaProgram.start(run, installation, questDb, System.getenv(), List.of());
      summary.addGrafana(grafana);
      summary.show(Endpoints.of(questDb, agent.url(), grafana.orElse(null), Map.of()), questDb);
    }
    return new LiveStatus(screen, () -> agent.status(questDb));
  }

  /**
   * A password in an argument is there for every user of the machine to read.
   *
   * @throws StartException when it holds one, or is no URL
   */
  private static void refuseUnfit(String url) {
    try {
      var parsed = new URI(url);
      if (parsed.getUserInfo() != null) {
        throw new StartException(
            "--questdb-url holds a login, which every user of this machine can read. Give it in QUESTDB_USER and QUESTDB_PASSWORD.");
      }
      if (parsed.getHost() == null || !List.of("http", "https").contains(parsed.getScheme())) {
        throw new StartException(NO_URL);
      }
    } catch (URISyntaxException holdsTheText) {
      throw new StartException(NO_URL);
    }
  }
}
