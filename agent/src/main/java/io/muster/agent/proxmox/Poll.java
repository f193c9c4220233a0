package io.muster.agent.proxmox;

import io.muster.agent.provider.ClusterSample;
import io.muster.agent.provider.Gap;
import io.muster.agent.provider.ServerFacts;
import io.muster.agent.provider.Snapshot;
import io.muster.protocol.Failure;
import io.muster.protocol.ProxmoxServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The polls of one cluster, and what lasts from one to the next. In each: the listing, then at once
 * the nodes' exports and the slow calls whose turn it is. One thread at a time.
 */
final class Poll {
  /** What is not supported now may be after an upgrade or a new privilege. */
  static final Duration EXPORT_RETRY = Duration.ofMinutes(10);

  private final Members members;
  private final NodeRoutes routes;
  private final SlowFacts facts = new SlowFacts();
  private final SlowCalls slowCalls;
  private final Rota rota = new Rota();
  private final NodeMetrics metrics;
  private final Watermarks watermarks;
  private final ResourceMeasures resourceMeasures = new ResourceMeasures();
  private @Nullable Instant exportRefusedUntil;
  private @Nullable String exportRefusal;
  private @Nullable Resources before;

  Poll(
      ProxmoxServer server,
      Members members,
      NodeRoutes routes,
      boolean verified,
      Watermarks marks) {
    this.members = members;
    this.routes = routes;
    this.slowCalls = new SlowCalls(server.token(), members, routes, facts, verified);
    this.metrics = new NodeMetrics(facts, marks);
    this.watermarks = marks;
  }

  /** A slow call due in this poll, under way. */
  private record Turn(SlowCall call, Future<Runnable> answer) {}

  SlowFacts facts() {
    return facts;
  }

  SlowCalls slowCalls() {
    return slowCalls;
  }

  /** Learns once what else tells a cluster from others, as far as the token may. */
  void introduce(Cycle cycle) throws CallException {
    if (!routes.known()) {
      learn(cycle, slowCalls.cluster().status());
    }
    if (facts.release == null) {
      learn(cycle, slowCalls.access().version());
    }
  }

  private static void learn(Cycle cycle, SlowCall call) throws CallException {
    try {
      call.fetch().run(cycle).run();
    } catch (CallException e) {
      if (e.reach() == CallException.Reach.EVERYWHERE) {
        throw e;
      }
    }
  }

  TakenUntil coverage() {
    Map<String, Long> samples = new HashMap<>();
    if (before != null) {
      for (String node : before.nodeNames()) {
        Long taken = watermarks.of(node);
        if (taken != null) {
          samples.put(node, taken);
        }
      }
    }
    return new TakenUntil(samples, facts.pressureTaken);
  }

  void resumeFrom(TakenUntil elsewhere) {
    elsewhere.samples().forEach(watermarks::advance);
    elsewhere
        .pressure()
        .forEach((node, second) -> facts.pressureTaken.merge(node, second, Math::max));
  }

  Snapshot run(Cycle cycle, Supplier<ServerFacts> server) throws CallException {
    Resources resources = members.ask(cycle, "/cluster/resources", ApiClient.data(Resources::read));
    prepare(resources);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Turn> turns = startTurns(cycle, resources, threads);
      if (!routes.known()) {
        // The first time, the cluster's own addresses decide where the exports are asked.
        endTurns(cycle, turns);
        turns = List.of();
      }
      List<Exports.Answer> exports = exports(cycle, resources, threads);
      endTurns(cycle, turns);
      takeExports(cycle, resources, exports);
    }
    cycle.gaps.addAll(members.gaps(cycle.now()));
    before = resources;
    return snapshot(cycle, resources, server);
  }

  private void prepare(Resources resources) {
    metrics.begin(resources);
    resourceMeasures.forgetOthers(resources);
    facts.forgetNodesOtherThan(resources.nodeNames());
    if (before != null && shrank(before, resources)) {
      rota.hasten(AccessCalls.PRIVILEGES_KEY);
    }
  }

  /** Whether rows are missing: gone, or no longer shown to this token. */
  private static boolean shrank(Resources before, Resources now) {
    return !now.nodeNames().containsAll(before.nodeNames())
        || !now.guests().stream()
            .map(Resources.Guest::id)
            .collect(Collectors.toSet())
            .containsAll(before.guests().stream().map(Resources.Guest::id).toList());
  }

  private List<Turn> startTurns(Cycle cycle, Resources resources, ExecutorService threads) {
    if (!routes.known()) {
      cycle.hurrySlowCalls();
    }
    List<Turn> turns = new ArrayList<>();
    int room = Rota.room(resources.nodes().size());
    for (SlowCall call : rota.next(slowCalls.list(resources, cycle.now()), cycle.now(), room)) {
      turns.add(new Turn(call, threads.submit(() -> call.fetch().run(cycle))));
    }
    return turns;
  }

  private void endTurns(Cycle cycle, List<Turn> turns) {
    for (Turn turn : turns) {
      SlowCall call = turn.call();
      try {
        turn.answer().get().run();
        rota.done(call, cycle.now(), call.period());
      } catch (ExecutionException e) {
        takeFailure(cycle, call, call(e));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void takeFailure(Cycle cycle, SlowCall call, CallException failure) {
    if (failure instanceof NotAskedException) {
      // It keeps its turn: first in the next poll.
      return;
    }
    cycle.gaps.add(new Gap(call.subject(), failure.failure(), failure.reason()));
    Duration again = call.period();
    if (failure.hung()) {
      rota.hung(call, cycle.now());
    } else if (failure.failure() == Failure.FORBIDDEN || failure.status() == 501) {
      rota.done(
          call, cycle.now(), SlowCalls.REFUSED.compareTo(again) > 0 ? SlowCalls.REFUSED : again);
    } else {
      rota.done(call, cycle.now(), again);
    }
  }

  private List<Exports.Answer> exports(Cycle cycle, Resources resources, ExecutorService threads) {
    if (exportRefusedUntil != null && cycle.now().isBefore(exportRefusedUntil)) {
      return List.of();
    }
    exportRefusedUntil = null;
    exportRefusal = null;
    List<Future<Exports.Answer>> futures = new ArrayList<>();
    for (Exports.Call call :
        Exports.plan(resources.onlineNodes(), routes, metrics, facts.release, cycle.now())) {
      Callable<Exports.Answer> ask = Exports.ask(call, cycle, members);
      futures.add(threads.submit(ask));
    }
    List<Exports.Answer> answers = new ArrayList<>();
    for (Future<Exports.Answer> future : futures) {
      try {
        answers.add(future.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("reading an export failed inside", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return answers;
  }

  private void takeExports(Cycle cycle, Resources resources, List<Exports.Answer> answers) {
    sayResting(cycle, resources);
    for (Exports.Answer answer : answers) {
      if (answer.failure() != null) {
        takeFailure(cycle, answer, answer.failure());
      } else if (answer.export() != null) {
        takeExport(cycle, resources, answer, answer.export());
      }
    }
    if (exportRefusal != null) {
      for (String node : resources.onlineNodes()) {
        metrics.takeResources(cycle, node, resourceMeasures.of(node, resources, cycle.at()));
      }
    }
    cycle.samples.addAll(StorageSamples.of(resources, cycle.at()));
  }

  /** What is not asked now is missing all the same. */
  private void sayResting(Cycle cycle, Resources resources) {
    for (String node : resources.onlineNodes()) {
      NodeRoutes.Rest rest = routes.resting(node, cycle.now());
      if (rest != null) {
        cycle.gaps.add(
            new Gap(
                "node " + node,
                rest.why().failure(),
                rest.why().reason() + "; it is asked again at " + rest.until()));
      }
    }
  }

  private void takeExport(Cycle cycle, Resources resources, Exports.Answer answer, Export export) {
    if (!answer.isDirect()) {
      for (String node : answer.call().nodes()) {
        routes.answeredThroughMember(node);
        metrics.take(cycle, resources, node, NodeMetrics.of(node, export, resources), null);
      }
      return;
    }
    String node = answer.call().nodes().iterator().next();
    if (export.nodes().size() == 1 && !export.nodes().contains(node)) {
      // Another member lives at this address; from the next poll on it is known.
      routes.answered(answer.at(), export.nodes().iterator().next());
      return;
    }
    routes.answered(answer.at(), node);
    metrics.take(cycle, resources, node, export, answer.date());
  }

  private void takeFailure(Cycle cycle, Exports.Answer answer, CallException failure) {
    if (Exports.unsupported(failure)) {
      boolean said = exportRefusal != null;
      exportRefusedUntil = cycle.now().plus(EXPORT_RETRY);
      exportRefusal = failure.reason();
      if (failure.failure() == Failure.FORBIDDEN && !said) {
        cycle.gaps.add(new Gap("metrics export", failure.failure(), failure.reason()));
      }
      return;
    }
    for (String node : answer.call().nodes()) {
      if (answer.isDirect()) {
        routes.failed(node, answer.at(), failure, cycle.now());
        if (failure.failure() == Failure.TLS) {
          rota.hasten(AccessCalls.FINGERPRINTS_KEY); // renewed? the cluster states the new one
        }
      } else {
        routes.failedThroughMember(node, failure, cycle.now());
      }
      cycle.gaps.add(new Gap("node " + node, failure.failure(), failure.reason()));
    }
  }

  private Snapshot snapshot(Cycle cycle, Resources resources, Supplier<ServerFacts> server) {
    Privileges privileges = facts.privileges;
    boolean vms = privileges != null && privileges.seesAllVms();
    boolean nodes = privileges != null && privileges.seesAllNodes();
    addClusterSample(cycle, resources);
    return new Snapshot(
        server.get(),
        StateMaker.nodes(resources, facts, metrics, routes, vms),
        StateMaker.guests(resources, facts),
        cycle.samples,
        cycle.events,
        nodes,
        vms,
        cycle.gaps,
        cycle.apiCalls(),
        resources.onlineNodes().size(),
        resources.nodes().size(),
        metrics.worstSkewMs());
  }

  private void addClusterSample(Cycle cycle, Resources resources) {
    String cluster = facts.clusterName(resources);
    ClusterStatus status = facts.cluster;
    if (cluster == null || status == null || !cycle.at().equals(facts.clusterFactsReadAt)) {
      return;
    }
    cycle.samples.add(
        new ClusterSample(
            cycle.at(),
            cluster,
            status.quorate(),
            status.expected(),
            resources.onlineNodes().size(),
            facts.ha == null ? null : facts.ha.errors(),
            facts.cephHealth,
            null));
  }

  /** Why a call in a thread of its own failed. */
  static CallException call(ExecutionException e) {
    return e.getCause() instanceof CallException call
        ? call
        : new CallException(
            Failure.BUG,
            CallException.Reach.CALL,
            0,
            "reading an answer failed inside: " + e.getCause(),
            e.getCause());
  }
}
