package io.muster.agent.openstack;

import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Gap;
import io.muster.protocol.Failure;
import java.time.Instant;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What guests use, a call a guest: in each poll as many as its time allows, those first that were
 * read the longest ago.
 */
final class DiagnosticsRota {
  /**
   * So much of a poll's interval is for this, whatever the interval: three seconds a minute read a
   * thousand guests in three minutes, as far back as "now" reaches.
   */
  private static final int PART_OF_INTERVAL = 20;

  /** All hosts together, to an account that does not hear their names. */
  private static final String NOT_TOLD = "hosts";

  private static final int CONFLICT = 409;
  private static final int NOT_IMPLEMENTED = 501;

  private final Session session;
  private final Parts parts;
  private final CloudClock clock;
  private final HostGate gate;
  private final Unable unable = new Unable();
  private final Map<String, Instant> readAt = new HashMap<>();

  DiagnosticsRota(Session session, Parts parts, HostGate gate, CloudClock clock) {
    this.session = session;
    this.parts = parts;
    this.gate = gate;
    this.clock = clock;
  }

  /**
   * What was read.
   *
   * @param gaps hosts that did not answer, and are left alone
   */
  record Answer(Map<Instance, Usage> read, List<Gap> gaps) {}

  private static final class Work {
    final Map<Instance, Usage> read = new ConcurrentHashMap<>();
    final AtomicReference<@Nullable CallException> refused = new AtomicReference<>();
    final Semaphore free = new Semaphore(HttpSetup.MAX_IN_FLIGHT, true);
  }

  /**
   * @param answered a hung host costs Nova one worker: the others wait for the first answer
   */
  private record Lane(String host, Queue<Instance> guests, CountDownLatch answered) {
    static Lane of(String host) {
      return new Lane(host, new ConcurrentLinkedQueue<>(), new CountDownLatch(1));
    }
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
    gate.problems(round.at())
        .forEach((host, e) ->
            gaps.add(new Gap("usage of instances on " + host, e.failure(), e.reason())));
    return new Answer(Map.copyOf(work.read), gaps);
  }

  private void ask(Collection<Instance> guests, Round round, Work work)
      throws CallException, InterruptedException {
    Deadline budget = round.deadline().atMost(round.interval().dividedBy(PART_OF_INTERVAL));
    Abreast abreast = new Abreast(session.threads());
    for (Lane lane : lanes(guests, round)) {
      abreast.start(() -> {
        try {
          serve(lane, round, budget, work);
        } finally {
          lane.answered().countDown();
        }
      });
      for (int i = 1; i < Math.min(HostGate.AT_ONCE, lane.guests().size()); i++) {
        abreast.start(() -> {
          lane.answered().await();
          serve(lane, round, budget, work);
        });
      }
    }
    abreast.await();
    work.read.forEach((guest, usage) -> readAt.put(guest.id(), usage.at()));
    CallException problem = work.refused.get();
    if (problem != null) {
      throw problem;
    }
  }

  /** Hosts, and the guests of each, in the order of their turns. */
  private List<Lane> lanes(Collection<Instance> guests, Round round) {
    Map<String, Lane> lanes = new LinkedHashMap<>();
    guests.stream()
        .sorted(
            Comparator.<Instance, Instant>comparing(
                    guest -> readAt.getOrDefault(guest.id(), Instant.MIN))
                .thenComparing(Instance::id))
        .forEach(guest -> {
          String host = guest.node() == null ? NOT_TOLD : guest.node();
          if (gate.isOpen(host, round.at()) && !unable.contains(host, round.at())) {
            lanes.computeIfAbsent(host, Lane::of).guests().add(guest);
          }
        });
    return List.copyOf(lanes.values());
  }

  private void serve(Lane lane, Round round, Deadline budget, Work work)
      throws InterruptedException {
    while (true) {
      work.free.acquire();
      try {
        Instance guest = lane.guests().poll();
        if (guest == null
            || budget.passed()
            || round.deadline().remaining().compareTo(HostGate.CHANCE) < 0
            || work.refused.get() != null
            || unable.contains(lane.host(), round.at())
            || !gate.isOpen(lane.host(), round.at())) {
          return;
        }
        read(lane.host(), guest, round, work);
        lane.answered().countDown();
      } finally {
        work.free.release();
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
      unable.add(host, round.at());
    } else if (e.status() != CONFLICT && !e.isAbsent()) {
      gate.silent(host, round, e);
    }
  }
}
