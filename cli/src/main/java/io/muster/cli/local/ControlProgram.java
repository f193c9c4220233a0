package io.muster.cli.local;

import io.muster.protocol.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The control API as a process.
 *
 * @param url of API and pages
 * @param healthUrl answers 200 once it is ready
 * @param firstPassword of the administrator as long as nobody has changed it
 * @param passwordFile where that stands
 */
record ControlProgram(
    ManagedProcess process, String url, String healthUrl, Secret firstPassword, Path passwordFile) {
  static final String ADMINISTRATOR = "admin";

  /** It takes 4 s; a machine busy with builds may need many times that. */
  private static final Duration START_PATIENCE = Duration.ofSeconds(90);

  private static final int USUAL_HEALTH_PORT = 8082;
  private static final String NAME = "the control API";

  /**
   * Starts it and does not wait, so that others start meanwhile.
   *
   * @param questDb what it reads and makes the tables of; null = what the caller's variables say,
   *     and {@code theirs}
   * @param theirs address of a QuestDB that is not ours, as an agent writes to it; null = none
   * @param leftOut prefixes of the caller's variables that must not reach it
   */
  static ControlProgram begin(
      LocalRun run,
      Installation installation,
      @Nullable QuestDbProcess questDb,
      @Nullable String theirs,
      List<String> leftOut)
      throws IOException {
    var options = run.options();
    var port = run.ports().choose(options.controlPort(), NAME);
    var healthPort = run.ports().choose(USUAL_HEALTH_PORT, "the control API's health");
    var host = "http://" + Ports.reachableHost(options.bindAddress());
    var url = host + ":" + port;
    var password = run.password("control-admin");
    var passwordFile = run.state().path().resolve("control-admin-password");
    PrivateFiles.write(passwordFile, password.reveal() + "\n");
    var environment = new HashMap<String, String>();
    environment.put("PORT", String.valueOf(port));
    environment.put("MUSTER_ADDRESS", options.bindAddress());
    environment.put("MUSTER_MANAGEMENT_PORT", String.valueOf(healthPort));
    environment.put("MUSTER_MANAGEMENT_ADDRESS", options.bindAddress());
    environment.put("MUSTER_DATA", run.state().data("control").toString());
    environment.put("MUSTER_ADMIN_PASSWORD_FILE", passwordFile.toString());
    if (questDb != null) {
      environment.putAll(reading(questDb));
      environment.putAll(AgentProgram.writingTo(questDb));
    } else if (theirs != null) {
      environment.put("QUESTDB_URL", theirs);
    }
    var spec =
        run.spec(
            NAME, "control", ProgramJvm.control(installation).command("run"), environment, leftOut);
    var healthUrl = host + ":" + healthPort + "/health/readiness";
    return new ControlProgram(run.begin(spec), url, healthUrl, password, passwordFile);
  }

  private static Map<String, String> reading(QuestDbProcess questDb) {
    return Map.of(
        "QUESTDB_PG", questDb.pgAddress(),
        "QUESTDB_READONLY_USER", questDb.readOnlyUser(),
        "QUESTDB_READONLY_PASSWORD", questDb.readOnlyPassword().reveal());
  }

  void awaitReady(LocalRun run) {
    run.await(
        process,
        START_PATIENCE,
        "no answer 200 from " + healthUrl,
        () -> !Http.get(URI.create(healthUrl)).isEmpty());
  }

  /** For an agent, or for {@code muster}. */
  Map<String, String> address() {
    return Map.of("MUSTER_URL", url);
  }
}
