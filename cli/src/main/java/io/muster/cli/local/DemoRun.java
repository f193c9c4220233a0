package io.muster.cli.local;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * QuestDB, simulated platforms, a control API with these in its inventory, and the agent that polls
 * them.
 */
public final class DemoRun {
  /**
   * Nothing of the caller's own installation may reach the demo's agent: it must never poll real
   * servers.
   */
  private static final List<String> SETTINGS_OF_REAL_INSTALLATIONS =
      List.of(
          "MUSTER_",
          "DATABASE_",
          "PROXMOX_",
          "QUESTDB_",
          "METRICS_",
          "MICRONAUT_",
          "HTTP_PROXY",
          "HTTPS_PROXY");

  private static final String SITE = "demo";

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
    var endpoints = new Endpoints();
    var questDb = run.startQuestDb();
    // The slowest to start, so it starts beside the others.
    var control =
        ControlProgram.begin(run, installation, questDb, null, SETTINGS_OF_REAL_INSTALLATIONS);
    summary.addQuestDb(questDb);
    endpoints.questDb(questDb);
    var simulators =
        SimulatorProgram.startAll(run, installation, options, SETTINGS_OF_REAL_INSTALLATIONS);
    simulators.forEach(simulator -> simulator.describe(summary));
    simulators.forEach(endpoints::simulator);
    var agent = startAgent(run, control, questDb, simulators);
    summary.addAgent(agent);
    endpoints.agent(agent);
    var password = control.firstPassword();
    summary.addControl(control, ControlProgram.ADMINISTRATOR + " / " + password.reveal());
    endpoints.control(control).controlLogin(ControlProgram.ADMINISTRATOR, password);
    var grafana =
        GrafanaProgram.start(run, installation, questDb, Map.of(), SETTINGS_OF_REAL_GRAFANAS);
    summary.addGrafana(grafana);
    summary.show(endpoints.grafana(grafana), questDb);
    return new LiveStatus(screen, () -> agent.status(questDb));
  }

  /** Linked to the control API, which has what is simulated in its inventory. */
  private AgentProgram startAgent(
      LocalRun run,
      ControlProgram control,
      QuestDbProcess questDb,
      List<SimulatorProgram> simulators)
      throws IOException {
    var file =
        SimulatedInventory.write(
            simulators.stream().map(SimulatorProgram::endpoints).toList(), run.state().path());
    control.awaitReady(run);
    try (var site = ControlSite.open(run, control, SITE)) {
      site.addOrMove(FileInventory.read(file, SITE, Map.of()).servers());
      var environment = new HashMap<>(AgentProgram.writingTo(questDb));
      environment.putAll(site.agentEnvironment());
      return AgentProgram.start(
          run, installation, environment, SETTINGS_OF_REAL_INSTALLATIONS, AgentProgram.READY);
    }
  }
}
