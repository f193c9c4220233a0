package io.muster.cli.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** QuestDB, simulated platforms, and the agent that polls these into that. */
public final class DemoRun {
  /**
   * Nothing of the caller's own installation may reach the demo's agent: it must never poll real
   * servers.
   */
  private static final List<String> SETTINGS_OF_REAL_INSTALLATIONS =
      List.of(
          "MUSTER_", "PROXMOX_", "QUESTDB_", "METRICS_", "MICRONAUT_", "HTTP_PROXY", "HTTPS_PROXY");

  private final Installation installation;
  private final DemoOptions options;
  private final Screen screen;

  public DemoRun(Installation installation, DemoOptions options, Screen screen) {
    this.installation = installation;
    this.options = options;
    this.screen = screen;
  }

  /** Nor may the demo's made-up alarms reach people: neither addresses nor mail servers. */
  private static final List<String> SETTINGS_OF_REAL_GRAFANAS = List.of("GF_", "QUESTDB_");

  /** Blocks until a program dies (exit code 1) or this process is ended. */
  public int run() throws IOException, InterruptedException {
    try (var run = LocalRun.open(installation, options.local(), screen)) {
      return run.untilTheEnd(() -> startAll(run));
    }
  }

  private LiveStatus startAll(LocalRun run) throws IOException {
    var summary = new Summary(screen, run.state());
    var questDb = run.startQuestDb();
    summary.addQuestDb(questDb);
    var simulators =
        SimulatorProgram.startAll(run, installation, options, SETTINGS_OF_REAL_INSTALLATIONS);
    simulators.forEach(simulator -> simulator.describe(summary));
    var inventory =
        SimulatedInventory.write(
            simulators.stream().map(SimulatorProgram::endpoints).toList(), run.state().path());
    var agent =
        AgentProgram.start(
            run,
            installation,
            environment(questDb, inventory),
            SETTINGS_OF_REAL_INSTALLATIONS,
            AgentProgram.READY);
    summary.addAgent(agent);
    var grafana =
        GrafanaProgram.start(run, installation, questDb, Map.of(), SETTINGS_OF_REAL_GRAFANAS);
    summary.addGrafana(grafana);
    summary.show(
        Endpoints.of(
            questDb,
            agent.url(),
            grafana.orElse(null),
            simulators.stream()
                .collect(
                    Collectors.toMap(SimulatorProgram::platform, SimulatorProgram::controlUrl))),
        questDb);
    return new LiveStatus(screen, () -> agent.status(questDb));
  }

  private static Map<String, String> environment(QuestDbProcess questDb, Path inventory) {
    var environment = new HashMap<>(AgentProgram.writingTo(questDb));
    environment.put("MUSTER_SITE", "demo");
    environment.put("MUSTER_CONFIG", inventory.toString());
    return environment;
  }
}
