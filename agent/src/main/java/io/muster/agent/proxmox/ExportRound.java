package io.muster.agent.proxmox;

import io.muster.agent.provider.Gap;
import io.muster.protocol.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The newest samples of all nodes, in each poll: from their exports, else, where there is none, out
 * of {@code /cluster/resources}. Used by the poll's thread.
 */
final class ExportRound {
  /** What is not supported now may be after an upgrade or a new privilege. */
  static final Duration RETRY = Duration.ofMinutes(10);

  private final Members members;
  private final NodeRoutes routes;
  private final SlowFacts facts;
  private final NodeMetrics metrics;
  private final Rota rota;
  private final ResourceMeasures resourceMeasures = new ResourceMeasures();
  private @Nullable Instant refusedUntil;
  private @Nullable String refusal;

  ExportRound(Members members, NodeRoutes routes, SlowFacts facts, NodeMetrics metrics, Rota rota) {
    this.members = members;
    this.routes = routes;
    this.facts = facts;
    this.metrics = metrics;
    this.rota = rota;
  }

  /** Asks every node that is worth asking. */
  List<Exports.Answer> ask(Cycle cycle, Resources resources, ExecutorService threads) {
    if (refusedUntil != null && cycle.now().isBefore(refusedUntil)) {
      return List.of();
    }
    refusedUntil = null;
    refusal = null;
    List<Future<Exports.Answer>> futures = new ArrayList<>();
    for (Exports.Call call :
        Exports.plan(resources.onlineNodes(), routes, metrics, facts.release, cycle.now())) {
      futures.add(threads.submit(Exports.ask(call, cycle, members)));
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

  /** Makes rows of the answers. */
  void take(Cycle cycle, Resources resources, List<Exports.Answer> answers) {
    resourceMeasures.forgetOthers(resources);
    sayResting(cycle, resources);
    for (Exports.Answer answer : answers) {
      if (answer.failure() != null) {
        takeFailure(cycle, answer, answer.failure());
      } else if (answer.export() != null) {
        take(cycle, resources, answer, answer.export());
      }
    }
    if (refusal != null) {
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

  private void take(Cycle cycle, Resources resources, Exports.Answer answer, Export export) {
    if (!answer.isDirect()) {
      for (String node : answer.call().nodes()) {
        routes.answeredThroughMember(node);
        metrics.take(cycle, resources, node, own(cycle, resources, node, answer, export), null);
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

  /** What is the node's of it, and was wanted of it. */
  private Export own(
      Cycle cycle, Resources resources, String node, Exports.Answer answer, Export export) {
    if (answer.call().isOfOne()) {
      return export;
    }
    Export own =
        Exports.ofNode(node, export, resources, guest -> metrics.mayHaveBeenOn(node, guest));
    return metrics.startTime(node, cycle.now()) == null ? own.lastGeneration() : own;
  }

  private void takeFailure(Cycle cycle, Exports.Answer answer, CallException failure) {
    if (Exports.unsupported(failure)) {
      boolean said = refusal != null;
      refusedUntil = cycle.now().plus(RETRY);
      refusal = failure.reason();
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
}
