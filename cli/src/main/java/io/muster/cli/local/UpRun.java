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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * QuestDB (ours or another's), the agent and a control API that has the inventory; or the agent
 * alone, which follows a file.
 */
public final class UpRun {
  private static final String NO_URL =
      "--questdb-url is no URL of a QuestDB: http://host:port or https://host:port is expected.";

  /** Of the verbs that talk to one, which may be elsewhere. */
  private static final List<String> OF_ANOTHER_CONTROL_API =
      List.of("MUSTER_URL", "MUSTER_TOKEN", "MUSTER_AGENT_TOKEN", "MUSTER_CA", "MUSTER_CONFIG");

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
    var config = config();
    var theirs = options.questdbUrl();
    if (theirs != null) {
      refuseUnfit(theirs);
    }
    var site = System.getenv().getOrDefault("MUSTER_SITE", "default");
    // Before anything starts, with all that is wrong.
    var inventory =
        options.control() && config != null
            ? Optional.of(FileInventory.read(config, site, System.getenv()))
            : Optional.<FileInventory>empty();
    try (var run = LocalRun.open(installation, options.local(), screen)) {
      return run.untilTheEnd(() -> startAll(run, site, config, inventory));
    }
  }

  /** Null = none, for a control API that has one or gets one. */
  private @Nullable Path config() {
    var named = options.config();
    var config = (named == null ? UpOptions.USUAL_CONFIG : named).toAbsolutePath();
    if (Files.isReadable(config)) {
      return config;
    }
    if (named == null && options.control()) {
      return null;
    }
    throw new StartException(
        "No inventory at %s. Name yours with --config; infrastructure_config.example.json shows its shape."
            .formatted(config));
  }

  private LiveStatus startAll(
      LocalRun run, String site, @Nullable Path config, Optional<FileInventory> inventory)
      throws IOException {
    var summary = new Summary(screen, run.state());
    var endpoints = new Endpoints();
    var theirs = options.questdbUrl();
    var questDb = theirs == null ? run.startQuestDb() : null;
    var control =
        options.control()
            ? ControlProgram.begin(run, installation, questDb, theirs, OF_ANOTHER_CONTROL_API)
            : null;
    var environment = new HashMap<String, String>();
    if (questDb == null) {
      environment.put("QUESTDB_URL", Objects.requireNonNull(theirs));
      endpoints.questDb(Objects.requireNonNull(theirs));
    } else {
      environment.putAll(AgentProgram.writingTo(questDb));
      endpoints.questDb(questDb);
      summary.addQuestDb(questDb);
    }
    environment.putAll(
        control == null
            ? Map.of("MUSTER_CONFIG", Objects.requireNonNull(config).toString())
            : linked(run, control, site, inventory));
    var agent =
        AgentProgram.start(
            run,
            installation,
            environment,
            OF_ANOTHER_CONTROL_API,
            questDb == null ? AgentProgram.ALIVE : AgentProgram.READY);
    summary.addAgent(agent);
    endpoints.agent(agent);
    if (control != null) {
      endpoints.control(control);
      summary.addControl(control, "admin / at first " + control.passwordFile());
    }
    if (questDb != null) {
      var grafana = GrafanaProgram.start(run, installation, questDb, System.getenv(), List.of());
      summary.addGrafana(grafana);
      endpoints.grafana(grafana);
    }
    summary.show(endpoints, questDb);
    return new LiveStatus(screen, () -> agent.status(questDb));
  }

  private Map<String, String> linked(
      LocalRun run, ControlProgram control, String name, Optional<FileInventory> inventory)
      throws IOException {
    control.awaitReady(run);
    try (var site = ControlSite.open(run, control, name)) {
      new ImportOnce(run.state().path(), run::say).run(inventory, site);
      if (System.getenv().keySet().stream().anyMatch(key -> key.startsWith("PROXMOX_NODE_"))) {
        run.say(
            "  PROXMOX_NODE_… variables are not read: the control API has the inventory (or: --no-control).");
      }
      return site.agentEnvironment();
    }
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
