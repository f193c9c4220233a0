package io.muster.agent.proxmox;

import io.muster.agent.provider.ClusterSample;
import io.muster.agent.provider.Gap;
import io.muster.agent.provider.Progress;
import io.muster.agent.provider.ProgressKeeper;
import io.muster.agent.provider.ServerFacts;
import io.muster.agent.provider.Snapshot;
import io.muster.protocol.Failure;
import io.muster.protocol.ProxmoxServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final Members members;
  private final NodeRoutes routes;
  private final SlowFacts facts = new SlowFacts();
  private final SlowCalls slowCalls;
  private final Rota rota = new Rota();
  private final NodeMetrics metrics;
  private final ExportRound exports;
  private final Backfill backfill;
  private final Watermarks marks = new Watermarks();
  private final ProgressKeeper keeper;
  private @Nullable Resources before;
  private @Nullable TakenUntil elsewhere;

  Poll(
      ProxmoxServer server,
      Members members,
      NodeRoutes routes,
      boolean verified,
      ProgressKeeper keeper,
      Duration rrdReach) {
    this.members = members;
    this.routes = routes;
    this.slowCalls = new SlowCalls(server.token(), members, routes, facts, marks, verified);
    RrdBackfill rrd = new RrdBackfill(routes, facts, marks, rrdReach);
    this.metrics = new NodeMetrics(facts, marks, rrd);
    this.exports = new ExportRound(members, routes, facts, metrics, rota);
    this.backfill = new Backfill(routes, facts, metrics, marks, rrd, rota);
    this.keeper = keeper;
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
    Map<String, Long> taken = new HashMap<>();
    if (before != null) {
      for (String node : before.nodeNames()) {
        for (String source : List.of(node, NodeCalls.PRESSURE_MARK + node)) {
          Long mark = marks.of(source);
          if (mark != null) {
            taken.put(source, mark);
          }
        }
      }
    }
    return new TakenUntil(taken);
  }

  /** What somebody else took of this cluster stays taken, also when rows of ours were lost. */
  void resumeFrom(TakenUntil taken) {
    elsewhere = taken;
  }

  Snapshot run(Cycle cycle, Supplier<ServerFacts> server) throws CallException {
    Resources resources = members.ask(cycle, "/cluster/resources", ApiClient.data(Resources::read));
    prepare(cycle, resources);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Turn> turns = startTurns(cycle, resources, threads);
      if (!routes.known()) {
        // The first time, the cluster's own addresses decide where the exports are asked.
        endTurns(cycle, turns);
        turns = List.of();
      }
      List<Exports.Answer> answers = exports.ask(cycle, resources, threads);
      endTurns(cycle, turns);
      exports.take(cycle, resources, answers);
    }
    cycle.gaps.addAll(members.gaps(cycle.now()));
    before = resources;
    return snapshot(cycle, resources, server);
  }

  private void prepare(Cycle cycle, Resources resources) {
    Progress last = marks.progress();
    Progress from = keeper.resume(last);
    if (!from.equals(last)) {
      marks.adopt(from);
      metrics.startAnew();
    }
    if (elsewhere != null) {
      elsewhere.marks().forEach(marks::advance);
    }
    metrics.begin(resources, cycle.interval());
    facts.forgetNodesOtherThan(resources.nodeNames());
    if (before != null && shrank(before, resources)) {
      rota.hasten(AccessCalls.PRIVILEGES_KEY);
      facts.privilegesOutdated = true;
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
    backfill.giveUpExpired(cycle, resources);
    List<SlowCall> calls = new ArrayList<>(slowCalls.list(resources, cycle.now()));
    if (routes.known() && keeper.hasRoom()) {
      calls.addAll(backfill.calls(cycle, resources));
    }
    for (SlowCall call : rota.next(calls, cycle.now(), room)) {
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

  private Snapshot snapshot(Cycle cycle, Resources resources, Supplier<ServerFacts> server) {
    Privileges privileges = facts.privilegesOutdated ? null : facts.privileges;
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
        metrics.worstSkewMs(),
        marks.progress());
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
