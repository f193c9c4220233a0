package io.muster.cli.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.protocol.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What runs where, for scripts: {@code .muster/<name>/endpoints.json}, with the keys in the order
 * in which they were told. It holds passwords, so only its owner reads it.
 */
final class Endpoints {
  static final String FILE = "endpoints.json";

  private final Map<String, String> keys = new LinkedHashMap<>();

  /** Ours: SQL and writing, and a login for both. */
  Endpoints questDb(QuestDbProcess questDb) {
    put("questdbHttp", questDb.httpUrl().toString());
    put("questdbPg", questDb.pgAddress());
    return login("questdb", questDb.user(), questDb.password());
  }

  /** Somebody else's: URL for SQL and writing. */
  Endpoints questDb(String http) {
    return put("questdbHttp", http);
  }

  /** URL of {@code /health}, {@code /state}, {@code /prometheus}. */
  Endpoints agent(AgentProgram agent) {
    return put("agent", agent.url());
  }

  /** URL of API and pages. */
  Endpoints control(ControlProgram control) {
    return put("control", control.url());
  }

  /** An administrator's, where it may be told. */
  Endpoints controlLogin(String user, Secret password) {
    return login("control", user, password);
  }

  /** URL of its pages, and an administrator's login. */
  Endpoints grafana(Optional<GrafanaProgram> started) {
    started.ifPresent(grafana -> {
      put("grafana", grafana.url());
      login("grafana", grafana.user(), grafana.password());
    });
    return this;
  }

  /** URL of the control of a simulated platform. */
  Endpoints simulator(SimulatorProgram simulator) {
    var key =
        switch (simulator.platform()) {
          case PROXMOX -> "simulator";
          case KUBERNETES -> "kubernetesSimulator";
          case OPENSTACK -> "openstackSimulator";
        };
    return put(key, simulator.controlUrl());
  }

  void write(Path folder) throws IOException {
    var json = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(keys);
    PrivateFiles.write(folder.resolve(FILE), json + "\n");
  }

  private Endpoints login(String whose, String user, Secret password) {
    put(whose + "User", user);
    return put(whose + "Password", password.reveal());
  }

  private Endpoints put(String key, String value) {
    keys.put(key, value);
    return this;
  }
}
