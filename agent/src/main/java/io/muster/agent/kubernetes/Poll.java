package io.muster.agent.kubernetes;

import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Event;
import io.muster.agent.provider.Gap;
import io.muster.agent.provider.NodeState;
import io.muster.agent.provider.NodeStatus;
import io.muster.agent.provider.Progress;
import io.muster.agent.provider.Sample;
import io.muster.agent.provider.ServerFacts;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.Tick;
import io.muster.agent.provider.VmState;
import io.muster.protocol.Failure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One round: asks the API server whether it is there, takes what the watches know, and reads what
 * was measured. A round of a well cluster makes three calls, whatever its size.
 */
final class Poll {
  /** What is left of the poll's time to put the snapshot together. */
  private static final Duration RESERVE = Duration.ofMillis(500);

  private final Scope scope;
  private final MetricsApi metrics;
  private final @Nullable Kubelets kubelets;
  private final SlowFacts slow;
  private final InstantSource clock;
  private final SampleMaker samples = new SampleMaker();
  private final SkewEvents skews;

  /**
   * @param kubelets null = they are not asked
   */
  Poll(
      Scope scope,
      ApiClient client,
      @Nullable Kubelets kubelets,
      SlowFacts slow,
      InstantSource clock) {
    this.scope = scope;
    this.metrics = new MetricsApi(client, scope);
    this.kubelets = kubelets;
    this.slow = slow;
    this.clock = clock;
    this.skews = new SkewEvents(client.login().cluster());
  }

  /** An answer that may be missing. */
  private record Answer<T>(@Nullable T value, @Nullable CallException problem) {
    /** Nobody measures, or nobody tells us: that is so until somebody changes it. */
    boolean isWithheld() {
      return problem != null
          && (problem.status() == CallException.NOT_FOUND
              || problem.failure() == Failure.FORBIDDEN);
    }
  }

  private interface Question<T> {
    T ask() throws CallException, InterruptedException;
  }

  Snapshot run(
      Tick tick, Release release, Watching watching, CallCounter calls, Supplier<ServerFacts> facts)
      throws CallException, InterruptedException {
    Deadline deadline = tick.deadline().atMost(tick.deadline().remaining().minus(RESERVE));
    Future<Answer<List<Usage>>> nodeUsage =
        scope.hasNodes() ? start(() -> metrics.nodes(deadline, calls)) : null;
    Future<Answer<List<Usage>>> podUsage = start(() -> metrics.pods(deadline, calls));
    Future<Answer<Boolean>> slowly =
        start(() -> {
          slow.refresh(deadline, calls, clock.instant());
          return true;
        });
    Map<String, CallException> problems = watching.watches().problems(deadline);
    requireSomething(problems, watching.watches());
    Kubelets.Answer direct =
        kubelets == null
            ? new Kubelets.Answer(List.of(), List.of(), Map.of())
            : kubelets.ask(watching.model().view().nodes().values(), deadline, calls);
    Answer<List<Usage>> ofNodes = nodeUsage == null ? null : await(nodeUsage);
    Answer<List<Usage>> ofPods = await(podUsage);
    await(slowly);

    List<Gap> gaps = gaps(problems, ofNodes, ofPods);
    direct
        .problems()
        .forEach(
            (node, e) -> gaps.add(new Gap("kubelet of node " + node, e.failure(), e.reason())));
    View view = watching.model().view();
    boolean hasNodes = scope.hasNodes() && !problems.containsKey("nodes");
    List<NodeState> nodes = hasNodes ? nodes(view) : List.of();
    List<Event> events = new ArrayList<>(skews.of(release.skew(), tick.at()));
    if (!watching.isTold()) {
      events.addAll(watching.model().takeEvents());
    }
    return new Snapshot(
        facts.get(),
        nodes,
        vms(view, problems),
        samples(tick, view, SkewEvents.isSkewed(release.skew()), direct, ofNodes, ofPods),
        events,
        hasNodes,
        !problems.containsKey("pods") && !problems.containsKey("deployments"),
        gaps,
        calls.take(),
        hasNodes ? (int) nodes.stream().filter(Poll::isOnline).count() : null,
        hasNodes ? nodes.size() : null,
        release.skew() == null ? null : release.skew().toMillis(),
        Progress.NONE,
        view.revision());
  }

  /**
   * What was never listed is not known to be unknown: unless it is forbidden, somebody must wait
   * for it. And who may see nothing has read nothing.
   */
  private static void requireSomething(Map<String, CallException> problems, Watches watches)
      throws CallException {
    for (Feed<?, ?> feed : watches.ofObjects()) {
      CallException problem = problems.get(feed.name());
      if (problem == null) {
        continue;
      }
      boolean all =
          watches.ofObjects().stream().allMatch(other -> problems.containsKey(other.name()));
      if (all || (!feed.health().isListed() && problem.failure() != Failure.FORBIDDEN)) {
        throw problem;
      }
    }
  }

  private List<Gap> gaps(
      Map<String, CallException> problems,
      @Nullable Answer<List<Usage>> ofNodes,
      Answer<List<Usage>> ofPods) {
    List<Gap> gaps = new ArrayList<>();
    if (!scope.hasNodes()) {
      gaps.add(
          new Gap(
              "nodes",
              Failure.FORBIDDEN,
              "not asked for: this entry is about namespace " + scope.namespace() + " alone"));
    }
    problems.forEach((name, e) -> gaps.add(new Gap(name, e.failure(), e.reason())));
    gap(gaps, "usage of nodes", ofNodes);
    gap(gaps, "usage of pods", ofPods);
    return gaps;
  }

  private static void gap(List<Gap> gaps, String subject, @Nullable Answer<List<Usage>> answer) {
    CallException problem = answer == null ? null : answer.problem();
    if (problem != null) {
      gaps.add(
          new Gap(
              subject,
              problem.failure(),
              problem.status() == CallException.NOT_FOUND
                  ? "the cluster has no metrics-server: only sizes, requests and limits are known"
                  : problem.reason()));
    }
  }

  private List<Sample> samples(
      Tick tick,
      View view,
      boolean skewed,
      Kubelets.Answer direct,
      @Nullable Answer<List<Usage>> ofNodes,
      Answer<List<Usage>> ofPods) {
    SampleMaker.Round round = samples.round(view, tick, clock.instant(), skewed);
    round.nodes(direct.nodes());
    round.pods(direct.pods());
    if (ofNodes != null && ofNodes.isWithheld()) {
      round.unmeasuredNodes();
    } else if (ofNodes != null && ofNodes.value() != null) {
      round.nodes(ofNodes.value());
    }
    if (ofPods.isWithheld()) {
      round.unmeasuredPods();
    } else if (ofPods.value() != null) {
      round.pods(ofPods.value());
    }
    return round.end();
  }

  private static List<NodeState> nodes(View view) {
    Map<String, View.Load> loads = view.loads();
    return view.nodes().values().stream()
        .map(node -> {
          View.Load load = loads.get(node.name());
          return node.with(load == null ? 0 : load.running, load == null ? 0 : load.total);
        })
        .toList();
  }

  private static List<VmState> vms(View view, Map<String, CallException> problems) {
    List<VmState> vms = new ArrayList<>();
    if (!problems.containsKey("pods")) {
      vms.addAll(view.podStates());
    }
    if (!problems.containsKey("deployments")) {
      vms.addAll(view.deployments());
    }
    return vms;
  }

  private static boolean isOnline(NodeState node) {
    return node.status() == NodeStatus.READY || node.status() == NodeStatus.MAINTENANCE;
  }

  private static <T> Future<Answer<T>> start(Question<T> question) {
    return Transport.THREADS.submit(() -> {
      try {
        return new Answer<>(question.ask(), null);
      } catch (CallException e) {
        return new Answer<>(null, e);
      }
    });
  }

  private static <T> Answer<T> await(Future<Answer<T>> answer) throws InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }
}
