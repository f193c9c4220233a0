package io.muster.simulator.openstack.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.api.Reply;
import io.muster.simulator.openstack.api.Route;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.Refusal;
import io.muster.simulator.openstack.world.Cloud;
import io.muster.simulator.openstack.world.OpenStackWorld;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Addresses of consoles, each with a token of its own. Nothing listens there. */
final class Consoles {
  /** The last action of the kind is in 2.5. */
  private static final int LAST_WITH_ACTIONS = 5;

  private static final Map<String, String> TYPE_OF_ACTION =
      Map.of(
          "os-getVNCConsole", "novnc",
          "os-getSPICEConsole", "spice-html5",
          "os-getSerialConsole", "serial");

  private static final Map<String, String> ADDRESSES =
      Map.of(
          "novnc", "http://127.0.0.1:6080/vnc_lite.html?path=%3Ftoken%3D",
          "spice-html5", "http://127.0.0.1:6082/spice_auto.html?token=",
          "serial", "ws://127.0.0.1:6083/?token=");

  private static final int BOOT_LINES = 200;

  private final OpenStackWorld world;
  private final Cloud cloud;

  Consoles(OpenStackWorld world) {
    this.world = world;
    this.cloud = world.cloud();
  }

  List<Route> routes() {
    return List.of(
        Route.user("POST", "/v2.1/servers/{server}/remote-consoles", this::remote).since(6));
  }

  /** The actions that are about consoles; refuses what is no action at all. */
  Reply act(Call call, String action, JsonNode with) throws InterruptedException {
    if (action.equals("os-getConsoleOutput")) {
      return output(call, with);
    }
    if (!TYPE_OF_ACTION.containsKey(action)) {
      throw new Refusal(400, "There is no such action: " + action);
    }
    if (call.microversion() > LAST_WITH_ACTIONS) {
      throw new Refusal(404, "The resource could not be found.");
    }
    String type = with.path("type").asText("");
    String url = url(call, type);
    ObjectNode console = Nodes.object().put("type", type).put("url", url);
    return Reply.ok(Nodes.object().set("console", console));
  }

  private Reply remote(Call call) throws InterruptedException {
    JsonNode wanted = call.body().path("remote_console");
    String type = wanted.path("type").asText("");
    String url = url(call, type);
    ObjectNode console =
        Nodes.object()
            .put("protocol", wanted.path("protocol").asText(""))
            .put("type", type)
            .put("url", url);
    return Reply.ok(Nodes.object().set("remote_console", console));
  }

  private String url(Call call, String type) throws InterruptedException {
    requireHost(Found.mapped(cloud, call));
    String address = ADDRESSES.get(type);
    if (address == null) {
      throw new Refusal(400, "Unavailable console type " + type + ".");
    }
    return address + UUID.randomUUID();
  }

  private void requireHost(Instance machine) throws InterruptedException {
    String host = machine.state().host();
    if (host == null) {
      throw new Refusal(409, "Instance " + machine.id() + " is not ready");
    }
    world.requireAnswer(host);
  }

  private Reply output(Call call, JsonNode with) throws InterruptedException {
    Instance machine = Found.mapped(cloud, call);
    requireHost(machine);
    JsonNode length = with.path("length");
    int lines = length.isInt() && length.asInt() >= 0 ? length.asInt() : BOOT_LINES;
    StringBuilder output = new StringBuilder();
    for (int i = Math.max(0, BOOT_LINES - lines); i < BOOT_LINES; i++) {
      output.append(
          String.format(
              Locale.ROOT, "[%12.6f] %s boot line %d\n", i * 0.37, machine.state().name(), i));
    }
    return Reply.ok(Nodes.object().put("output", output.toString()));
  }
}
