package io.muster.cli.local;

import io.muster.protocol.Secret;
import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * Grafana as a process, provisioned whole from the checkout's files, over a QuestDB of ours.
 *
 * @param url of its pages
 */
record GrafanaProgram(ManagedProcess process, String url, String user, Secret password) {
  /** Its first start makes a database of its own; 3 s on an idle machine. */
  private static final Duration START_PATIENCE = Duration.ofMinutes(2);

  private static final String USER = "admin";

  /**
   * Starts the one that is on this machine, and blocks until it answers that it is well.
   *
   * @param settings of alerts' addresses and the like; what is missing gets a default
   * @param leftOut prefixes of the caller's variables that must not reach it
   * @return empty when there is none, or none is wanted
   */
  static Optional<GrafanaProgram> start(
      LocalRun run,
      Installation installation,
      QuestDbProcess questDb,
      Map<String, String> settings,
      List<String> leftOut)
      throws IOException {
    var found =
        run.options().grafana()
            ? GrafanaInstallation.find(System.getenv())
            : Optional.<GrafanaInstallation>empty();
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(start(run, found.get(), installation, questDb, settings, leftOut));
  }

  private static GrafanaProgram start(
      LocalRun run,
      GrafanaInstallation grafana,
      Installation installation,
      QuestDbProcess questDb,
      Map<String, String> settings,
      List<String> leftOut)
      throws IOException {
    var options = run.options();
    var port = run.ports().choose(options.grafanaPort(), "Grafana");
    var url = "http://" + Ports.reachableHost(options.bindAddress()) + ":" + port;
    var password = run.password("grafana-admin");
    var environment = new HashMap<>(provisioned(installation.provisioning(), settings));
    environment.putAll(locations(run, installation));
    environment.putAll(reading(questDb));
    environment.put("GF_SERVER_HTTP_ADDR", options.bindAddress());
    environment.put("GF_SERVER_HTTP_PORT", String.valueOf(port));
    environment.put("GF_SERVER_ROOT_URL", settings.getOrDefault("GF_SERVER_ROOT_URL", url + "/"));
    environment.put("GF_SECURITY_ADMIN_USER", USER);
    environment.put("GF_SECURITY_ADMIN_PASSWORD", password.reveal());
    var process =
        run.start(
            run.spec("Grafana", "grafana", grafana.command(), environment, leftOut),
            START_PATIENCE,
            "no answer 200 from " + url + "/api/health",
            () -> !Http.get(URI.create(url + "/api/health")).isEmpty());
    return new GrafanaProgram(process, url, USER, password);
  }

  /**
   * Of every variable in the provisioning files a value that lets Grafana start: an unset one would
   * be empty, and an empty address of a contact point stops it.
   */
  private static Map<String, String> provisioned(Path provisioning, Map<String, String> settings)
      throws IOException {
    var defaults = new Properties();
    try (Reader file = Files.newBufferedReader(provisioning.resolve("grafana.env"))) {
      defaults.load(file);
    }
    var values = new HashMap<String, String>();
    for (var name : defaults.stringPropertyNames()) {
      values.put(name, settings.getOrDefault(name, defaults.getProperty(name)));
    }
    return values;
  }

  private static Map<String, String> locations(LocalRun run, Installation installation)
      throws IOException {
    var data = run.state().data("grafana");
    return Map.of(
        "GF_PATHS_DATA", data.toString(),
        "GF_PATHS_LOGS", data.resolve("log").toString(),
        "GF_PATHS_PLUGINS", data.resolve("plugins").toString(),
        "GF_PATHS_PROVISIONING", installation.provisioning().toString(),
        "MUSTER_DASHBOARDS", installation.dashboards().toString(),
        "GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH",
            installation.dashboards().resolve("muster-fleet.json").toString());
  }

  private static Map<String, String> reading(QuestDbProcess questDb) {
    var address = questDb.pgAddress();
    var colon = address.lastIndexOf(':');
    return Map.of(
        "QUESTDB_HOST", address.substring(0, colon),
        "QUESTDB_PG_PORT", address.substring(colon + 1),
        "QUESTDB_READONLY_USER", questDb.readOnlyUser(),
        "QUESTDB_READONLY_PASSWORD", questDb.readOnlyPassword().reveal());
  }
}
