package io.muster.simulator.kubernetes.world;

import io.muster.simulator.chance.Curve;
import io.muster.simulator.chance.Noise;
import io.muster.simulator.kubernetes.model.ContainerSpec;
import io.muster.simulator.kubernetes.model.ContainerState.Running;
import io.muster.simulator.kubernetes.model.Node;
import io.muster.simulator.kubernetes.model.Pod;
import io.muster.simulator.kubernetes.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What nodes and containers take: curves of time, so that nothing needs to be kept. */
public final class Usage {
  /** What the operating system and the kubelet take of a node. */
  private static final double SYSTEM_CORES = 0.15;

  /** What part of a node is busy about. */
  private static final double NODE_LOAD = 0.3;

  private static final double SYSTEM_MEMORY = 0.06;

  /** What a container without a request takes about. */
  private static final int MILLIS = 50;

  private static final long BYTES = 64L << 20;

  private final Stores stores;
  private final InstantSource clock;
  private final Duration period;
  private final long seed;
  private final Predicate<String> silent;

  /**
   * @param period how often metrics-server measures, and over how long
   * @param silent of a node whose kubelet does not answer
   */
  public Usage(
      Stores stores, InstantSource clock, Duration period, long seed, Predicate<String> silent) {
    this.stores = stores;
    this.clock = clock;
    this.period = period;
    this.seed = seed;
    this.silent = silent;
  }

  /**
   * A measurement.
   *
   * @param cores mean over the period
   */
  public record Use(double cores, long bytes) {
    public Use and(Use other) {
      return new Use(cores + other.cores, bytes + other.bytes);
    }
  }

  public Duration period() {
    return period;
  }

  /** When metrics-server last measured. */
  public Instant measured() {
    long now = clock.instant().toEpochMilli();
    return Instant.ofEpochMilli(now - Math.floorMod(now, period.toMillis()));
  }

  /** What each container took until a moment, or null while that is not known. */
  public @Nullable List<Use> containers(Pod pod, Instant at) {
    Instant since = runningSince(pod);
    if (since == null || since.isAfter(at.minus(period)) || silent.test(pod.node())) {
      return null;
    }
    return measure(pod, at);
  }

  private static @Nullable Instant runningSince(Pod pod) {
    return pod.phase().equals(Pod.RUNNING)
            && pod.state() instanceof Running(Instant since, boolean _)
        ? since
        : null;
  }

  private List<Use> measure(Pod pod, Instant at) {
    return IntStream.range(0, pod.template().containers().size())
        .mapToObj(index -> container(pod, index, at))
        .toList();
  }

  private Use container(Pod pod, int index, Instant at) {
    ContainerSpec spec = pod.template().containers().get(index);
    long to = at.toEpochMilli();
    double cores = cpu(pod, index).mean(to - period.toMillis(), to);
    Integer limit = spec.cpuLimitMillis();
    return new Use(
        limit == null ? cores : Math.min(cores, limit / 1000.0), memory(pod, index, spec, to));
  }

  private Curve cpu(Pod pod, int index) {
    Integer asked = pod.template().containers().get(index).cpuRequestMillis();
    long thing = thing(pod, index);
    double base = (asked == null ? MILLIS : asked) / 1000.0;
    return new Curve(base * Noise.logarithmic(0.05, 1.1, seed, thing, 21), 0.9, seed, thing);
  }

  private long memory(Pod pod, int index, ContainerSpec spec, long at) {
    Long asked = spec.memoryRequestBytes();
    Long limit = spec.memoryLimitBytes();
    long thing = thing(pod, index) + 1;
    double base = (asked == null ? BYTES : asked) * (0.3 + 0.7 * Noise.unit(seed, thing, 22));
    double bytes = new Curve(base, 0.25, seed, thing).at(at);
    // Pages come and go in fours of KiB.
    long pages = (long) (limit == null ? bytes : Math.min(bytes, 0.95 * limit)) / 4096;
    return pages * 4096;
  }

  private static long thing(Pod pod, int index) {
    return pod.meta().uid().getLeastSignificantBits() + 16L * index;
  }

  /** Seconds of processor time that a container took since it started. */
  public double cpuSeconds(Pod pod, int index, Instant at) {
    Instant since = runningSince(pod);
    return since == null || since.isAfter(at)
        ? 0
        : cpu(pod, index).integral(since.toEpochMilli(), at.toEpochMilli());
  }

  /** What a container takes just now. */
  public Use now(Pod pod, int index, Instant at) {
    return container(pod, index, at);
  }

  /** What each node took until a moment; those that are silent are missing. */
  public Map<String, Use> nodes(Instant at) {
    Map<String, Use> uses = new HashMap<>();
    for (Node node : stores.nodes().all(null)) {
      if (!silent.test(node.meta().name())) {
        uses.put(node.meta().name(), system(node, at));
      }
    }
    for (Pod pod : stores.pods().all(null)) {
      if (uses.containsKey(pod.node()) && runningSince(pod) != null) {
        measure(pod, at).forEach(use -> uses.merge(pod.node(), use, Use::and));
      }
    }
    return uses;
  }

  /** What a node takes just now with its pods. */
  public Use node(Node node, List<Pod> pods, Instant at) {
    Use sum = system(node, at);
    for (Pod pod : pods) {
      for (Use use : runningSince(pod) == null ? List.<Use>of() : measure(pod, at)) {
        sum = sum.and(use);
      }
    }
    return sum;
  }

  /** A counter that goes up as long as the node lives, whatever pods come and go. */
  public double nodeCpuSeconds(Node node, Instant at) {
    long thing = node.meta().uid().getLeastSignificantBits();
    return new Curve(NODE_LOAD * node.cores(), 0.6, seed, thing + 2)
        .integral(node.meta().created().toEpochMilli(), at.toEpochMilli());
  }

  /**
   * A counter of traffic.
   *
   * @param direction tells counters of one thing apart
   */
  public long networkBytes(UUID uid, int direction, Instant since, Instant at) {
    long thing = uid.getLeastSignificantBits() + direction;
    double rate = Noise.logarithmic(500, 500_000, seed, thing, 23);
    return (long)
        new Curve(rate, 0.9, seed, thing).integral(since.toEpochMilli(), at.toEpochMilli());
  }

  /** What of a file system is taken. */
  public long diskBytes(UUID uid, long capacity, Instant at) {
    long thing = uid.getLeastSignificantBits() + 3;
    double part = 0.2 + 0.5 * Noise.unit(seed, thing, 24);
    return (long) new Curve(part * capacity, 0.05, seed, thing).at(at.toEpochMilli());
  }

  /** What runs on a node beside its pods. */
  public Use system(Node node, Instant at) {
    long thing = node.meta().uid().getLeastSignificantBits();
    return new Use(
        new Curve(SYSTEM_CORES, 0.8, seed, thing).at(at.toEpochMilli()),
        (long)
            new Curve(SYSTEM_MEMORY * node.memoryBytes(), 0.2, seed, thing + 1)
                .at(at.toEpochMilli()));
  }
}
