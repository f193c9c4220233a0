package io.muster.agent.proxmox;

import io.muster.agent.provider.CheckReport;
import io.muster.agent.provider.PeerCertificate;
import io.muster.agent.provider.ServerFacts;
import io.muster.protocol.Failure;
import io.muster.protocol.ProxmoxServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an operator must know before relying on a server: asks everything once, node by node. */
final class Check {
  /** Time enough to renew a token or a certificate. */
  private static final Duration EXPIRY_WARNING = Duration.ofDays(14);

  private final ProxmoxServer server;
  private final Members members;
  private final Poll poll;
  private final Supplier<ServerFacts> facts;
  private final NodeCheck nodes;
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
    this.nodes = new NodeCheck(members, routes, poll.facts());
    this.poll = poll;
    this.facts = facts;
  }

  /** A question under way; its failure is told among {@code otherwise}. */
  private record Asked(SlowCall call, Future<Runnable> answer, List<String> otherwise) {}

  CheckReport run(Cycle cycle) throws CallException {
    long began = System.nanoTime();
    poll.facts().release = members.ask(cycle, "/version", ApiClient.data(Release::read));
    Duration responseTime = Duration.ofNanos(System.nanoTime() - began);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Resources> listing =
          threads.submit(() ->
              members
                  .askSlowly(cycle, "/cluster/resources", ApiClient.data(Resources::read))
                  .value());
      Map<Endpoint, Future<Release>> others = otherMembers(cycle, threads);
      for (Asked asked : facts(cycle, threads)) {
        learn(asked);
      }
      Resources resources = await(listing);
      sayPrivileges();
      for (var other : others.entrySet()) {
        sayMember(other.getKey(), other.getValue());
      }
      nodes.say(cycle, resources, threads, notes);
      sayExpiries(cycle);
      return new CheckReport(
          facts.get(),
          resources.nodes().stream().map(Resources.Node::name).toList(),
          responseTime,
          problems,
          notes);
    }
  }

  static <T> T await(Future<T> answer) throws CallException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw Poll.call(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw FailureClassifier.deadline("the check");
    }
  }

  private List<Asked> facts(Cycle cycle, ExecutorService threads) {
    SlowCalls calls = poll.slowCalls();
    List<Asked> asked = new ArrayList<>();
    asked.add(ask(calls.access().privileges(), problems, cycle, threads));
    asked.add(ask(calls.cluster().status(), notes, cycle, threads));
    asked.add(ask(calls.access().tokenExpiry(), notes, cycle, threads));
    if (server.tls().verify()) {
      asked.add(ask(calls.access().fingerprints(), notes, cycle, threads));
    }
    return asked;
  }

  private static Asked ask(
      SlowCall call, List<String> otherwise, Cycle cycle, ExecutorService threads) {
    return new Asked(call, threads.submit(() -> call.fetch().run(cycle)), otherwise);
  }

  private static void learn(Asked asked) throws CallException {
    try {
      await(asked.answer()).run();
    } catch (CallException e) {
      if (e.reach() == CallException.Reach.EVERYWHERE) {
        throw e;
      }
      asked.otherwise().add("Unknown: " + asked.call().subject() + " (" + e.reason() + ").");
    }
  }

  /** Those that are asked only when the one in use fails: it should be known that they would. */
  private Map<Endpoint, Future<Release>> otherMembers(Cycle cycle, ExecutorService threads) {
    Map<Endpoint, Future<Release>> asked = new LinkedHashMap<>();
    for (Endpoint member : members.urls()) {
      if (!member.equals(members.current())) {
        asked.put(
            member,
            threads.submit(
                () -> cycle.askSlowly(member, "/version", ApiClient.data(Release::read))));
      }
    }
    return asked;
  }

  private void sayMember(Endpoint member, Future<Release> answer) {
    try {
      await(answer);
    } catch (CallException e) {
      String text = "The member " + member + " can't take over: " + e.reason() + ".";
      (e.failure() == Failure.TLS ? problems : notes).add(text);
    }
  }

  private void sayPrivileges() {
    Privileges privileges = poll.facts().privileges;
    if (privileges != null) {
      problems.addAll(privileges.sentences());
    }
  }

  private void sayExpiries(Cycle cycle) {
    ServerFacts known = facts.get();
    expiry(cycle.now(), "The token", known.tokenExpiresAt(), "it is not read any more");
    expiry(cycle.now(), "The certificate", known.certificateExpiresAt(), "it may be refused");
    for (Endpoint at : nodes.directly()) {
      PeerCertificate other = cycle.certificate(at);
      if (other != null
          && !other.fingerprint().equals(known.certificateSha256())
          && !other.expiresAt().isAfter(cycle.now().plus(EXPIRY_WARNING))) {
        expiry(cycle.now(), "The certificate of " + at, other.expiresAt(), "it may be refused");
      }
    }
    sayUnknownExpiry();
    if (!server.tls().verify()) {
      notes.add(
          "TLS is not verified (verifyTls: false): put the fingerprint "
              + known.certificateSha256()
              + " into `fingerprints` instead.");
    }
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
