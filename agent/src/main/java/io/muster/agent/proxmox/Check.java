package io.muster.agent.proxmox;

import io.muster.agent.provider.CheckReport;
import io.muster.agent.provider.ServerFacts;
import io.muster.protocol.ProxmoxServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an operator must know before relying on a server: asks everything once, node by node. */
final class Check {
  /** Time enough to renew a token or a certificate. */
  private static final Duration EXPIRY_WARNING = Duration.ofDays(14);

  private final ProxmoxServer server;
  private final Members members;
  private final NodeRoutes routes;
  private final Poll poll;
  private final Supplier<ServerFacts> facts;
  private final List<String> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  Check(
      ProxmoxServer server,
      Members members,
      NodeRoutes routes,
      Poll poll,
      Supplier<ServerFacts> facts) {
    this.server = server;
    this.members = members;
    this.routes = routes;
    this.poll = poll;
    this.facts = facts;
  }

  CheckReport run(Cycle cycle) throws CallException {
    long began = System.nanoTime();
    poll.facts().release = members.ask(cycle, "/version", ApiClient.data(Release::read));
    Duration responseTime = Duration.ofNanos(System.nanoTime() - began);
    SlowCalls calls = poll.slowCalls();
    learn(cycle, calls.access().privileges(), problems);
    learn(cycle, calls.cluster().status(), notes);
    learn(cycle, calls.access().tokenExpiry(), notes);
    if (server.tls().verify() && !server.tls().fingerprints().isEmpty()) {
      learn(cycle, calls.access().fingerprints(), notes);
    }
    Resources resources = members.ask(cycle, "/cluster/resources", ApiClient.data(Resources::read));
    sayPrivileges();
    sayNodes(cycle, resources);
    ServerFacts known = facts.get();
    sayExpiry(cycle, known);
    sayUnknownExpiry();
    if (!server.tls().verify()) {
      notes.add(
          "TLS is not verified (verifyTls: false): put the fingerprint "
              + known.certificateSha256()
              + " into `fingerprints` instead.");
    }
    return new CheckReport(
        known,
        resources.nodes().stream().map(Resources.Node::name).toList(),
        responseTime,
        problems,
        notes);
  }

  private static void learn(Cycle cycle, SlowCall call, List<String> otherwise)
      throws CallException {
    try {
      call.fetch().run(cycle).run();
    } catch (CallException e) {
      if (e.reach() == CallException.Reach.EVERYWHERE) {
        throw e;
      }
      otherwise.add("Unknown: " + call.subject() + " (" + e.reason() + ").");
    }
  }

  private void sayPrivileges() {
    Privileges privileges = poll.facts().privileges;
    if (privileges != null) {
      problems.addAll(privileges.sentences());
    }
  }

  private void sayNodes(Cycle cycle, Resources resources) throws CallException {
    for (Resources.Node node : resources.nodes()) {
      if (!node.online()) {
        notes.add("Node " + node.name() + " is " + node.status() + ".");
      } else if (!sayReach(cycle, node.name())) {
        return;
      }
    }
  }

  /** False when there is no export at all: no use to ask the next node. */
  private boolean sayReach(Cycle cycle, String node) throws CallException {
    Route route = routes.of(node, cycle.now());
    Endpoint at = routes.nearest(node, cycle.now());
    // A start in the future: the way and the privilege are tried, no rows are sent.
    String path =
        "/cluster/metrics/export?local-only=1&history=1&start-time="
            + cycle.now().plus(Duration.ofHours(1)).getEpochSecond();
    try {
      cycle.askExport(at, path, reply -> Export.read(reply.body()));
      notes.add(
          switch (route) {
            case Route.Direct direct -> "Node " + node + " is reached directly at " + at + ".";
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
      routes.failed(node, at, e, cycle.now());
      notes.add(throughMember(node, e.reason()));
      return true;
    }
  }

  private String throughMember(String node, String why) {
    return "Node "
        + node
        + " is read through the member "
        + members.current()
        + ", not directly: "
        + why
        + ". `nodeAddresses` can name an address for it.";
  }

  private void sayExpiry(Cycle cycle, ServerFacts known) {
    expiry(cycle.now(), "The token", known.tokenExpiresAt(), "it is not read any more");
    expiry(cycle.now(), "The certificate", known.certificateExpiresAt(), "it may be refused");
  }

  private void sayUnknownExpiry() {
    TokenExpiry expiry = poll.facts().tokenExpiry;
    if (expiry == null) {
      notes.add(
          "When the token expires is not known: to read that, user and token need Sys.Audit on"
              + " /access/groups (PVEAuditor on / has it).");
    } else if (expiry.at() == null) {
      notes.add("The token does not expire.");
    }
  }

  private void expiry(Instant now, String what, @Nullable Instant at, String then) {
    if (at == null) {
      return;
    }
    if (!at.isAfter(now)) {
      problems.add(what + " expired at " + at + ": " + then + ". Renew it.");
    } else if (at.isBefore(now.plus(EXPIRY_WARNING))) {
      problems.add(what + " expires at " + at + ": then " + then + ". Renew it.");
    } else {
      notes.add(what + " expires at " + at + ".");
    }
  }
}
