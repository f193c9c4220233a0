package io.muster.cli.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.protocol.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What runs where, for scripts: {@code .muster/<name>/endpoints.json}. It holds a password, so only
 * its owner reads it.
 *
 * @param questdbHttp URL for SQL and writing
 * @param questdbPg {@code host:port} of the PostgreSQL wire; null with a QuestDB that we did not
 *     start
 * @param questdbUser for both; null with a QuestDB that we did not start
 * @param questdbPassword of {@code questdbUser}
 * @param agent URL of {@code /health}, {@code /state}, {@code /prometheus}
 * @param grafana URL of its pages; null when none was started
 * @param grafanaUser an administrator; null when none was started
 * @param grafanaPassword of {@code grafanaUser}
 * @param simulator URL of the control of the simulated Proxmox VE; null outside the demo
 * @param kubernetesSimulator the same of the simulated Kubernetes
 * @param openstackSimulator the same of the simulated OpenStack
 */
record Endpoints(
    String questdbHttp,
    @Nullable String questdbPg,
    @Nullable String questdbUser,
    @Nullable Secret questdbPassword,
    String agent,
    @Nullable String grafana,
    @Nullable String grafanaUser,
    @Nullable Secret grafanaPassword,
    @Nullable String simulator,
    @Nullable String kubernetesSimulator,
    @Nullable String openstackSimulator) {
  static final String FILE = "endpoints.json";

  /**
   * @param controls of the simulators
   */
  static Endpoints of(
      QuestDbProcess questDb,
      String agent,
      @Nullable GrafanaProgram grafana,
      Map<SimulatorProgram.Platform, String> controls) {
    return new Endpoints(
        questDb.httpUrl().toString(),
        questDb.pgAddress(),
        questDb.user(),
        questDb.password(),
        agent,
        grafana == null ? null : grafana.url(),
        grafana == null ? null : grafana.user(),
        grafana == null ? null : grafana.password(),
        controls.get(SimulatorProgram.Platform.PROXMOX),
        controls.get(SimulatorProgram.Platform.KUBERNETES),
        controls.get(SimulatorProgram.Platform.OPENSTACK));
  }

  static Endpoints withoutQuestDb(String questdbHttp, String agent) {
    return new Endpoints(questdbHttp, null, null, null, agent, null, null, null, null, null, null);
  }

  /** What is not there is left out. */
  void write(Path folder) throws IOException {
    var keys = new LinkedHashMap<String, String>();
    put(keys, "questdbHttp", questdbHttp);
    put(keys, "questdbPg", questdbPg);
    put(keys, "questdbUser", questdbUser);
    put(keys, "questdbPassword", revealed(questdbPassword));
    put(keys, "agent", agent);
    put(keys, "grafana", grafana);
    put(keys, "grafanaUser", grafanaUser);
    put(keys, "grafanaPassword", revealed(grafanaPassword));
    put(keys, "simulator", simulator);
    put(keys, "kubernetesSimulator", kubernetesSimulator);
    put(keys, "openstackSimulator", openstackSimulator);
    var json = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(keys);
    PrivateFiles.write(folder.resolve(FILE), json + "\n");
  }

  private static @Nullable String revealed(@Nullable Secret secret) {
    return secret == null ? null : secret.reveal();
  }

  private static void put(LinkedHashMap<String, String> keys, String key, @Nullable String value) {
    if (value != null) {
      keys.put(key, value);
    }
  }
}
