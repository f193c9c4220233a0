package io.muster.agent.kubernetes;

import io.muster.agent.kubernetes.Shapes.NodeObject;
import io.muster.agent.provider.CheckReport;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.ServerFacts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells an operator what to know before relying on a cluster. */
final class Check {
  /** Time enough to make another token or certificate. */
  private static final Duration EXPIRY_WARNING = Duration.ofDays(14);

  private final Scope scope;
  private final boolean kubelet;
  private final ApiClient client;
  private final SlowFacts slow;
  private final InstantSource clock;
  private final CallCounter calls;
  private final List<String> problems = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  Check(
      Scope scope,
      boolean kubelet,
      ApiClient client,
      SlowFacts slow,
      InstantSource clock,
      CallCounter calls) {
    this.scope = scope;
    this.kubelet = kubelet;
    this.client = client;
    this.slow = slow;
    this.clock = clock;
    this.calls = calls;
  }

  CheckReport run(Deadline deadline, Duration responseTime, Supplier<ServerFacts> facts)
      throws CallException, InterruptedException {
    slow.refresh(deadline, calls, clock.instant());
    Privileges privileges = slow.privileges();
    if (privileges == null) {
      notes.add("The API server does not say what the account may do (SelfSubjectAccessReview).");
    } else {
      problems.addAll(privileges.sentences());
      if (scope.hasNodes() && privileges.missing().contains("list pods")) {
        notes.add("An account of one namespace needs that `namespace` in its entry.");
      }
    }
    List<Node> nodes = List.of();
    if (!scope.hasNodes()) {
      notes.add(
          "Only namespace "
              + scope.namespace()
              + " is watched: nodes are unknown, as are all others.");
    } else if (privileges == null || !privileges.missing().contains("list nodes")) {
      nodes = nodes(deadline);
    }
    sayUsage(deadline);
    sayKubelets(nodes, deadline);
    ServerFacts known = facts.get();
    expiry("The token", known.tokenExpiresAt());
    expiry("The certificate", known.certificateExpiresAt());
    if (!client.login().trust().verify()) {
      notes.add("TLS is not verified: set caCert to the cluster's authority instead.");
    }
    return new CheckReport(
        known, nodes.stream().map(Node::name).toList(), responseTime, problems, notes);
  }

  private List<Node> nodes(Deadline deadline) throws CallException {
    ObjectReaders readers = new ObjectReaders(client.login().cluster());
    List<Node> nodes = new ArrayList<>();
    client.get(
        "/api/v1/nodes",
        reply ->
            Json.<NodeObject>list(
                reply.body(),
                Json.reader(NodeObject.class),
                object -> {
                  Node node = readers.node(object);
                  if (node != null) {
                    nodes.add(node);
                  }
                }),
        deadline,
        calls);
    nodes.sort(Comparator.comparing(Node::name));
    return nodes;
  }

  private void sayKubelets(List<Node> nodes, Deadline deadline) throws InterruptedException {
    if (!kubelet || nodes.isEmpty()) {
      return;
    }
    Kubelets.Answer answer = new Kubelets(client).ask(nodes, deadline, calls);
    answer
        .problems()
        .forEach((node, e) ->
            problems.add("The kubelet of " + node + " can't be read: " + e.reason() + "."));
    notes.add("%d of %d kubelets answer.".formatted(answer.nodes().size(), nodes.size()));
  }

  private void sayUsage(Deadline deadline) {
    MetricsApi metrics = new MetricsApi(client, scope);
    try {
      boolean isEmpty = metrics.pods(deadline, calls).isEmpty();
      notes.add(
          isEmpty
              ? "metrics-server is there and has measured nothing yet."
              : "Usage comes from metrics-server.");
    } catch (CallException e) {
      switch (e.status()) {
        case CallException.NOT_FOUND ->
            notes.add(
                "The cluster has no metrics-server: what nodes and pods use is unknown, only sizes,"
                    + " requests and limits are written.");
        case 403 -> {} // said with the privileges
        default -> problems.add("metrics-server can't be read: " + e.reason() + ".");
      }
    }
  }

  private void expiry(String what, @Nullable Instant at) {
    if (at == null) {
      return;
    }
    Instant now = clock.instant();
    if (!at.isAfter(now)) {
      problems.add(what + " expired at " + at + ". Renew it.");
    } else if (at.isBefore(now.plus(EXPIRY_WARNING))) {
      problems.add(what + " expires at " + at + ". Renew it.");
    } else {
      notes.add(what + " expires at " + at + ".");
    }
  }
}
