package io.muster.cli.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The agent as a process: everything it needs is in its environment.
 *
 * @param url of its {@code /health}, {@code /state} and {@code /prometheus}
 */
record AgentProgram(ManagedProcess process, String url) {
  /** It takes 2 s; a machine busy with builds may need many times that. */
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);

  /** It has its inventory, and QuestDB has its tables. */
  static final String READY = "/health/readiness";

  /** It answers, whether or not QuestDB does: for a QuestDB that is not ours. */
  static final String ALIVE = "/health/liveness";

  /**
   * Blocks until {@code readyPath} answers with 200.
   *
   * @param environment inventory, site, QuestDB
   * @param leftOut prefixes of the caller's variables that must not reach it
   */
  static AgentProgram start(
      LocalRun run,
      Installation installation,
      Map<String, String> environment,
      List<String> leftOut,
      String readyPath)
      throws IOException {
    var options = run.options();
    var port = run.ports().choose(options.agentPort(), "the agent");
    var url = "http://" + Ports.reachableHost(options.bindAddress()) + ":" + port;
    var all = new HashMap<>(environment);
    all.put("MUSTER_DATA", run.state().data("agent").toString());
    all.put("MUSTER_MANAGEMENT_PORT", String.valueOf(port));
    all.put("MUSTER_MANAGEMENT_ADDRESS", options.bindAddress());
    var command = ProgramJvm.agent(installation).command("run");
    var process =
        run.start(
            run.spec("the agent", "agent", command, all, leftOut),
            START_PATIENCE,
            "no answer 200 from " + url + readyPath,
            () -> !Http.get(URI.create(url + readyPath)).isEmpty());
    return new AgentProgram(process, url);
  }

  /** Its environment for a QuestDB of ours. */
  static Map<String, String> writingTo(QuestDbProcess questDb) {
    return Map.of(
        "QUESTDB_URL", questDb.httpUrl().toString(),
        "QUESTDB_USER", questDb.user(),
        "QUESTDB_PASSWORD", questDb.password().reveal());
  }

  /**
   * What it says of itself, or that it does not answer; {@code questDb} counts the VMs, null when
   * it is not ours.
   */
  AgentStatus status(@Nullable QuestDbProcess questDb) {
    return AgentStatus.read(
        Http.get(URI.create(url + "/state")), questDb == null ? null : vms(questDb));
  }

  private static @Nullable Long vms(QuestDbProcess questDb) {
    try {
      var answer = new ObjectMapper().readTree(questDb.execute("SELECT count() FROM vm_now"));
      return answer.path("dataset").path(0).path(0).asLong();
    } catch (IOException notYet) {
      return null;
    }
  }
}
