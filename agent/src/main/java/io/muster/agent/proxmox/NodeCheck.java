package io.muster.agent.proxmox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** How each node's samples are read: tried with all of them at once. */
final class NodeCheck {
  private final Members members;
  private final NodeRoutes routes;
  private final SlowFacts facts;
  private final List<Endpoint> directly = new ArrayList<>();

  NodeCheck(Members members, NodeRoutes routes, SlowFacts facts) {
    this.members = members;
    this.routes = routes;
    this.facts = facts;
  }

  /** Addresses where nodes answered themselves. */
  List<Endpoint> directly() {
    return List.copyOf(directly);
  }

  void say(Cycle cycle, Resources resources, ExecutorService threads, List<String> notes)
      throws CallException {
    Map<String, Future<Export>> exports = new LinkedHashMap<>();
    for (String node : resources.onlineNodes()) {
      Endpoint at = routes.nearest(node, cycle.now());
      exports.put(node, threads.submit(() -> export(cycle, at)));
    }
    for (Resources.Node node : resources.nodes()) {
      if (!node.online()) {
        notes.add("Node " + node.name() + " is " + node.status() + ".");
      }
    }
    for (var export : exports.entrySet()) {
      if (!say(cycle, export.getKey(), export.getValue(), notes)) {
        return;
      }
    }
  }

  private static Export export(Cycle cycle, Endpoint at) throws CallException {
    // A start in the future: the way and the privilege are tried, no rows are sent.
    String path =
        "/cluster/metrics/export?local-only=1&history=1&start-time="
            + cycle.now().plus(Duration.ofHours(1)).getEpochSecond();
    return cycle.askExport(at, path, reply -> Export.read(reply.body()));
  }

  /** False when there is no export at all: it is said once. */
  private boolean say(Cycle cycle, String node, Future<Export> answer, List<String> notes)
      throws CallException {
    try {
      Check.await(answer);
      notes.add(
          switch (routes.of(node, cycle.now())) {
            case Route.Direct direct -> {
              directly.add(direct.at());
              yield "Node " + node + " is reached directly at " + direct.at() + ".";
            }
            case Route.ThroughMember through -> throughMember(node, through.why());
          });
      return true;
    } catch (CallException e) {
      if (e.reach() == CallException.Reach.EVERYWHERE) {
        throw e;
      }
      if (Exports.unsupported(e)) {
        notes.add(
            "No metrics export here (it comes with Proxmox VE 8.3 and needs Sys.Audit on /), so"
                + " there are no load, network and swap figures of nodes, and samples carry the"
                + " agent's time: "
                + e.reason()
                + ".");
        return false;
      }
      notes.add(throughMember(node, e.reason()));
      return true;
    }
  }

  private String throughMember(String node, String why) {
    Release release = facts.release;
    boolean alone = release != null && release.atLeast(9, 0, 8);
    return "Node "
        + node
        + " is read through the member "
        + members.current()
        + (alone ? "" : ", which before 9.0.8 asks all such nodes one after the other")
        + ", not directly: "
        + why
        + ". `nodeAddresses` can name an address for it.";
  }
}
