package io.muster.agent.openstack;

import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Gap;
import io.muster.protocol.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What guests use, a call a guest: in each poll as many as its time allows, those first that were
 * read the longest ago.
 */
final class DiagnosticsRota {
  /** A poll begins no more calls then: a few hundred guests of well hosts are read in it. */
  private static final Duration BUDGET = Duration.ofMillis(1500);

  private static final int CONFLICT = 409;
  private static final int NOT_IMPLEMENTED = 501;

  private final Session session;
  private final Parts parts;
  private final CloudClock clock;
  private final HostGate gate = new HostGate();
  private final Map<String, Instant> readAt = new HashMap<>();

  DiagnosticsRota(Session session, Parts parts, CloudClock clock) {
    this.session = session;
    this.parts = parts;
    this.clock = clock;
  }

  /**
   * What was read.
   *
   * @param gaps hosts that did not answer
   */
  record Answer(Map<Instance, Usage> read, List<Gap> gaps) {}

  private static final class Work {
    final Map<Instance, Usage> read = new ConcurrentHashMap<>();
    final Map<String, CallException> silent = new ConcurrentHashMap<>();
    final AtomicReference<@Nullable CallException> refused = new AtomicReference<>();
    final Semaphore free = new Semaphore(HttpSetup.MAX_IN_FLIGHT, true);
  }

  /**
   * @param guests that run on hosts which are up
   */
  Answer read(Collection<Instance> guests, Round round) throws InterruptedException {
    Set<String> ids = new HashSet<>();
    guests.forEach(guest -> ids.add(guest.id()));
    readAt.keySet().retainAll(ids);
    Work work = new Work();
    if (round.versions().hasOldDiagnostics()) {
      parts.run(Part.DIAGNOSTICS, round.at(), () -> ask(guests, round, work));
    }
    List<Gap> gaps = new ArrayList<>();
    work.silent.forEach(
        (host, e) -> gaps.add(new Gap("usage of instances on " + host, e.failure(), e.reason())));
    return new Answer(Map.copyOf(work.read), gaps);
  }

  private void ask(Collection<Instance> guests, Round round, Work work)
      throws CallException, InterruptedException {
    Deadline budget = round.deadline().atMost(BUDGET);
    Abreast abreast = new Abreast(session.threads());
    byHost(guests, round)
        .forEach((host, queue) -> {
          for (int i = 0; i < Math.min(HostGate.AT_ONCE, queue.size()); i++) {
            abreast.start(() -> serve(host, queue, round, budget, work));
          }
        });
    abreast.await();
    work.read.forEach((guest, usage) -> readAt.put(guest.id(), usage.at()));
    CallException problem = work.refused.get();
    if (problem != null) {
      throw problem;
    }
  }

  /** Hosts, and the guests of each, in the order of their turns. */
  private Map<String, Queue<Instance>> byHost(Collection<Instance> guests, Round round) {
    Map<String, Queue<Instance>> queues = new LinkedHashMap<>();
    guests.stream()
        .sorted(
            Comparator.<Instance, Instant>comparing(
                    guest -> readAt.getOrDefault(guest.id(), Instant.MIN))
                .thenComparing(Instance::id))
        .forEach(guest -> {
          String host = guest.node();
          if (host != null && gate.isOpen(host, round.at())) {
            queues.computeIfAbsent(host, key -> new ArrayDeque<>()).add(guest);
          }
        });
    queues.replaceAll((host, queue) -> new ConcurrentLinkedQueue<>(queue));
    return queues;
  }

  private void serve(String host, Queue<Instance> queue, Round round, Deadline budget, Work work)
      throws InterruptedException {
    while (true) {
      work.free.acquire();
      try {
        Instance guest = queue.poll();
        if (guest == null
            || budget.passed()
            || work.refused.get() != null
            || work.silent.containsKey(host)) {
          return;
        }
        read(host, guest, round, work);
      } finally {
        work.free.release();
      }
      if (!gate.isOpen(host, round.at())) {
        return;
      }
    }
  }

  private void read(String host, Instance guest, Round round, Work work) {
    try {
      Usage usage =
          Usage.read(
              session.get(
                  Service.COMPUTE,
                  "/servers/" + guest.id() + "/diagnostics",
                  Microversion.DIAGNOSTICS,
                  round.deadline().atMost(HostGate.PATIENCE),
                  round.calls()),
              clock.now());
      if (usage.isTelling()) {
        work.read.put(guest, usage);
      }
    } catch (CallException e) {
      failed(host, round, work, e);
    }
  }

  private void failed(String host, Round round, Work work, CallException e) {
    if (e.isForbidden() || e.failure() == Failure.UNAUTHORIZED) {
      work.refused.set(e);
    } else if (e.status() == NOT_IMPLEMENTED) {
      gate.cannot(host, round.at());
    } else if (e.status() != CONFLICT && !e.isAbsent()) {
      gate.silent(host, round.at());
      work.silent.putIfAbsent(host, e);
    }
  }
}
