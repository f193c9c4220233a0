package io.muster.simulator.proxmox;

import io.muster.simulator.control.Verb;
import io.muster.simulator.proxmox.world.ProxmoxWorld;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What can be done to a simulated cluster through the control endpoint. */
public final class ProxmoxVerbs {
  private static final String GUEST = "/control/guests/{vmid}";

  private ProxmoxVerbs() {}

  /** All verbs, each bound to the cluster. */
  public static List<Verb> of(SimulatedProxmox cluster) {
    ProxmoxWorld world = cluster.world();
    return List.of(
        new Verb(
            "GET",
            "/control/state",
            "what the simulator knows it has",
            parameters -> world.state()),
        verb(
            "POST",
            "/control/nodes/{node}/stop",
            "cuts the node's power",
            p -> cluster.stopNode(node(world, p))),
        verb(
            "POST",
            "/control/nodes/{node}/start",
            "switches the node on; it answers after its boot time",
            p -> cluster.startNode(node(world, p))),
        verb(
            "DELETE",
            GUEST,
            "deletes the guest, whatever it does",
            p -> world.deleteGuest(vmid(p))),
        verb("POST", GUEST + "/start", "starts the guest", p -> world.startGuest(vmid(p))),
        verb("POST", GUEST + "/stop", "stops the guest at once", p -> world.stopGuest(vmid(p))),
        verb(
            "POST",
            GUEST + "/move",
            "migrates the guest; ?node=NAME",
            p -> world.moveGuest(vmid(p), node(world, p))),
        verb(
            "POST",
            GUEST + "/lock",
            "locks the guest with ?word=backup, unlocks it without",
            p -> world.lockGuest(vmid(p), p.get("word"))),
        verb(
            "POST",
            GUEST + "/agent",
            "lets the guest agent answer or fall silent; ?answers=true|false",
            p -> world.setAgentAnswers(vmid(p), flag(p, "answers"))),
        verb(
            "POST",
            "/control/storages/{storage}/{node}",
            "lets the node lose sight of the storage or see it again; ?active=true|false",
            p -> world.setStorageActive(required(p, "storage"), node(world, p), flag(p, "active"))),
        verb(
            "POST",
            "/control/tokens/{token}/expire",
            "lets a token end; ?at=EPOCH_SECONDS, 0 = never",
            p -> cluster.access().expire(required(p, "token"), Long.parseLong(required(p, "at")))));
  }

  private static Verb verb(
      String method, String path, String does, Consumer<Map<String, String>> action) {
    return new Verb(
        method,
        path,
        does,
        parameters -> {
          action.accept(parameters);
          return null;
        });
  }

  private static String node(ProxmoxWorld world, Map<String, String> parameters) {
    String node = required(parameters, "node");
    if (!world.nodes().contains(node)) {
      throw new IllegalArgumentException(
          "No node '" + node + "': there are " + String.join(", ", world.nodes()));
    }
    return node;
  }

  private static int vmid(Map<String, String> parameters) {
    String vmid = required(parameters, "vmid");
    if (!vmid.matches("[1-9]\\d{2,8}")) {
      throw new IllegalArgumentException("'" + vmid + "' is no number of a guest");
    }
    return Integer.parseInt(vmid);
  }

  private static boolean flag(Map<String, String> parameters, String name) {
    return switch (required(parameters, name)) {
      case "true" -> true;
      case "false" -> false;
      case String other ->
          throw new IllegalArgumentException(
              "'" + name + "' is true or false, not '" + other + "'");
    };
  }

  private static String required(Map<String, String> parameters, String name) {
    @Nullable String value = parameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("'" + name + "' is missing");
    }
    return value;
  }
}
