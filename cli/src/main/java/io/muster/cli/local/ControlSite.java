package io.muster.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.cli.api.Call;
import io.muster.cli.api.Connection;
import io.muster.cli.api.ControlAddress;
import io.muster.cli.api.ControlApi;
import io.muster.cli.api.ControlException;
import io.muster.protocol.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The site of this start in its control API: made at the first start, with a token for its agent
 * and one for this launcher, which both stay in the state folder.
 */
final class ControlSite implements AutoCloseable {
  private static final String LAUNCHER_TOKEN = "control-launcher-token";
  private static final String AGENT_TOKEN = "control-agent-token";

  /** The most that one import takes. */
  private static final int IMPORT_SIZE = 50;

  /** What people may change, and a start must not change back. */
  private static final Set<String> PEOPLES =
      Set.of("id", "name", "site", "provider", "enabled", "tags", "route", "intervalSeconds");

  private final LocalRun run;
  private final ControlApi api;
  private final String name;

  private ControlSite(LocalRun run, ControlApi api, String name) {
    this.run = run;
    this.api = api;
    this.name = name;
  }

  /** Signs in, and makes the site when it is not there. */
  static ControlSite open(LocalRun run, ControlProgram control, String name) throws IOException {
    var address = ControlAddress.of(control.url(), true);
    if (run.credentials().find(LAUNCHER_TOKEN).isEmpty()) {
      try (var admin =
          Connection.asUser(address, ControlProgram.ADMINISTRATOR, control.firstPassword())) {
        var body = named("launcher-" + run.options().name()).put("role", "admin");
        keep(run, LAUNCHER_TOKEN, admin.send(Call.post("/tokens", body)).json());
      }
    }
    var token = run.credentials().find(LAUNCHER_TOKEN).orElseThrow();
    var site = new ControlSite(run, Connection.asScript(address, token), name);
    site.make();
    return site;
  }

  /** What the agent needs to be this site's. */
  Map<String, String> agentEnvironment() {
    return Map.of(
        "MUSTER_URL", api.address().toString(),
        "MUSTER_SITE", name,
        "MUSTER_AGENT_TOKEN", run.credentials().find(AGENT_TOKEN).orElseThrow().reveal());
  }

  /**
   * Adds servers with the ids that they have.
   *
   * @throws StartException with all that was refused
   */
  void add(List<ObjectNode> servers) {
    var refused = new ArrayList<String>();
    for (var from = 0; from < servers.size(); from += IMPORT_SIZE) {
      var part = servers.subList(from, Math.min(from + IMPORT_SIZE, servers.size()));
      var body = JsonNodeFactory.instance.objectNode();
      var list = body.putArray("servers");
      part.forEach(server -> list.add(server.deepCopy().put("site", name)));
      var answer = api.send(Call.post("/servers/import", body)).json();
      answer.path("failed").forEach(failure -> refused.add(sentence(failure)));
    }
    if (!refused.isEmpty()) {
      throw new StartException(
          "The control API does not take these servers:\n  " + String.join("\n  ", refused));
    }
  }

  /** Adds those that are not there, and leads the others to where they are now. */
  void addOrMove(List<ObjectNode> servers) {
    var missing = new ArrayList<ObjectNode>();
    for (var server : servers) {
      var path = "/servers/" + server.path("id").asText();
      if (exists(path)) {
        api.send(Call.patch(path, server.deepCopy().remove(PEOPLES)));
      } else {
        missing.add(server);
      }
    }
    if (!missing.isEmpty()) {
      add(missing);
    }
  }

  /** Makes room for as many servers in the tenant of this installation. */
  void makeRoomFor(int servers) {
    var tenants = api.all(Call.get("/tenants"));
    var tenant =
        tenants.valueStream().filter(one -> one.path("home").asBoolean()).findFirst().orElseThrow();
    if (tenant.path("serverLimit").asInt() < servers) {
      var limit = JsonNodeFactory.instance.objectNode().put("serverLimit", servers);
      api.send(Call.patch("/tenants/" + tenant.path("id").asText(), limit));
    }
  }

  private void make() throws IOException {
    var path = "/sites/" + Call.named(name);
    if (!exists(path)) {
      api.send(Call.post("/sites", named(name)));
    } else if (run.credentials().find(AGENT_TOKEN).isPresent()) {
      return;
    }
    var token = api.send(Call.post(path + "/agent-tokens", named("agent"))).json();
    keep(run, AGENT_TOKEN, token);
  }

  private boolean exists(String path) {
    try {
      api.send(Call.get(path));
      return true;
    } catch (ControlException refused) {
      if (refused.status() == 404) {
        return false;
      }
      throw refused;
    }
  }

  private static void keep(LocalRun run, String as, JsonNode made) throws IOException {
    run.credentials().keep(as, new Secret(made.path("token").asText()));
  }

  private static ObjectNode named(String name) {
    return JsonNodeFactory.instance.objectNode().put("name", name);
  }

  private static String sentence(JsonNode failure) {
    return "%s: %s: %s"
        .formatted(
            failure.path("name").asText("?"),
            failure.path("field").asText("?"),
            failure.path("error").asText());
  }

  @Override
  public void close() {
    api.close();
  }
}
