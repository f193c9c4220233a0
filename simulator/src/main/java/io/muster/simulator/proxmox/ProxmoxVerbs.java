package io.muster.simulator.proxmox;

import io.muster.simulator.control.Arguments;
import io.muster.simulator.control.Verb;
import io.muster.simulator.proxmox.faults.FaultVerbs;
import io.muster.simulator.proxmox.world.ProxmoxWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.Consumer;

/** What can be done to a simulated cluster through the control endpoint. */
public final class ProxmoxVerbs {
  private static final String GUEST = "/control/guests/{vmid}";

  /** The numbers that Proxmox gives. */
  private static final long LOWEST_VMID = 100;

  private static final long HIGHEST_VMID = 999_999_999;

  /** The last second of the year 9999: milliseconds given by mistake are beyond it. */
  private static final long LAST_SECOND = 253_402_300_799L;

  private ProxmoxVerbs() {}

  /** All verbs, each bound to the cluster. */
  public static List<Verb> of(SimulatedProxmox cluster) {
    ProxmoxWorld world = cluster.world();
    List<Verb> verbs = new ArrayList<>(FaultVerbs.of(cluster.faults(), cluster.nodes()));
    verbs.addAll(
        List.of(
            new Verb(
                "GET",
                "/control/state",
                "what the simulator knows it has",
                arguments -> world.state()),
            new Verb(
                "GET",
                "/control/statistics",
                "TLS handshakes of all nodes so far, and how often each method was carried out",
                arguments -> Map.of("handshakes", cluster.handshakes(), "calls", cluster.calls())),
            new Verb(
                "GET",
                "/control/produced",
                "seconds of the samples that the status daemons took; ?from=EPOCH_SECONDS&to=EPOCH_SECONDS",
                arguments -> produced(world, arguments)),
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
                p -> world.lockGuest(vmid(p), p.text("word"))),
            verb(
                "POST",
                GUEST + "/agent",
                "lets the guest agent answer or fall silent; ?answers=true|false",
                p -> world.setAgentAnswers(vmid(p), p.flag("answers"))),
            verb(
                "POST",
                "/control/storages/{storage}/{node}",
                "lets the node lose sight of the storage or see it again; ?active=true|false",
                p ->
                    world.setStorageActive(
                        p.required("storage"), node(world, p), p.flag("active"))),
            verb(
                "POST",
                "/control/tokens/{token}/expire",
                "lets a token end; ?at=EPOCH_SECONDS, 0 = never",
                p ->
                    cluster.access().expire(p.required("token"), p.number("at", 0, LAST_SECOND)))));
    return verbs;
  }

  private static Verb verb(String method, String path, String does, Consumer<Arguments> action) {
    return new Verb(
        method,
        path,
        does,
        arguments -> {
          action.accept(arguments);
          return null;
        });
  }

  private static String node(ProxmoxWorld world, Arguments arguments) {
    String node = arguments.required("node");
    if (!world.nodes().contains(node)) {
      throw new IllegalArgumentException(
          "No node '" + node + "': there are " + String.join(", ", world.nodes()));
    }
    return node;
  }

  private static int vmid(Arguments arguments) {
    return (int) arguments.number("vmid", LOWEST_VMID, HIGHEST_VMID);
  }

  private static SortedMap<String, SortedSet<Long>> produced(
      ProxmoxWorld world, Arguments arguments) {
    long from = arguments.number("from", 0, LAST_SECOND);
    return world.produced(from, arguments.number("to", from, LAST_SECOND));
  }
}
