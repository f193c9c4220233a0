package io.muster.simulator.proxmox.world.model;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the status daemons measured, and what the cluster's memory still believes of it. */
public final class Sampling {
  /** 30 minutes of generations and the present one at the real period of 10 s. */
  public static final int GENERATIONS = 181;

  private final Cluster cluster;
  private final long staleAfterMs;

  public Sampling(Cluster cluster) {
    this.cluster = cluster;
    this.staleAfterMs = cluster.settings().staleAfter().toMillis();
  }

  /** A guest as measured, with the state that it then had. */
  public record Measured(Guest guest, GuestSample sample) {}

  /** The values that are broadcast of a guest, or null when there are none or they expired. */
  public @Nullable GuestSample seen(Guest guest) {
    Long beat = believedBeat(guest.node());
    Span span = beat == null ? null : guest.at(beat);
    return beat == null || span == null || span.state() == RunState.ABSENT
        ? null
        : guest.sample(span, beat);
  }

  /** The values that are broadcast of a node, or null when it is off or has not measured yet. */
  public @Nullable NodeSample seen(Node node) {
    Long beat = node.isUp() ? believedBeat(node.name()) : null;
    return beat == null || beat < node.bootMs() ? null : sample(node, beat);
  }

  /** When the node measured what is still believed, or null. */
  public @Nullable Long believedBeat(String nodeName) {
    Node node = cluster.node(nodeName);
    if (node == null) {
      return null;
    }
    long now = cluster.now();
    Long beat = node.lastBeat(now);
    return beat == null || now - beat > staleAfterMs ? null : beat;
  }

  /** The guests that were on the node at a moment, with their values. */
  public List<Measured> guests(Node node, long ms) {
    List<Measured> result = new ArrayList<>();
    for (Guest guest : cluster.residents().recently(node.name())) {
      Span span = guest.at(ms);
      if (span != null && span.isMeasuredOn(node.name())) {
        result.add(new Measured(guest, guest.sample(span, ms)));
      }
    }
    return result;
  }

  /** The node's values at a moment when it was on. */
  public NodeSample sample(Node node, long ms) {
    NodeMean mean = mean(node, ms, ms);
    long since = node.countedSince(ms);
    double load = mean.cpu() * node.spec().cpus();
    return new NodeSample(
        (ms - since) / 1000,
        mean.cpu(),
        mean.ioWait(),
        load * 1.1,
        load,
        load * 0.95,
        (long) mean.memUsed(),
        (long) mean.swapUsed(),
        (long) mean.rootUsed(),
        node.load().received(since, ms),
        node.load().sent(since, ms));
  }

  /** The node's average over a stretch in which it was on; the level itself of a moment. */
  NodeMean mean(Node node, long fromMs, long toMs) {
    double cpus = 0;
    double memory = 0;
    for (Guest guest : cluster.residents().recently(node.name())) {
      GuestMean mean = mean(guest, node.name(), fromMs, toMs);
      cpus += mean.cpu() * guest.config().cpus() * mean.aliveShare();
      memory += Math.max(mean.mem(), mean.memHost()) * mean.aliveShare();
    }
    NodeSpec spec = node.spec();
    double used = Math.min(0.96 * spec.memoryBytes(), node.load().memory(fromMs, toMs) + memory);
    double cpu = Math.min(0.99, node.load().cpu(fromMs, toMs) + cpus / spec.cpus());
    return new NodeMean(
        cpu,
        node.load().ioWait(fromMs, toMs),
        used,
        spec.swapBytes() * 0.01 * used / spec.memoryBytes(),
        node.load().root(fromMs, toMs),
        node.load().arc(fromMs, toMs),
        node.load().netInRate(fromMs, toMs),
        node.load().netOutRate(fromMs, toMs));
  }

  /** The guest's average over the part of a stretch in which it was alive, on whatever node. */
  GuestMean mean(Guest guest, long fromMs, long toMs) {
    return mean(guest, null, fromMs, toMs);
  }

  private static GuestMean mean(Guest guest, @Nullable String node, long fromMs, long toMs) {
    long length = Math.max(1, toMs - fromMs);
    GuestMean.Sum sum = new GuestMean.Sum();
    List<Span> spans = fromMs == toMs ? moment(guest.at(toMs)) : guest.between(fromMs, toMs);
    for (Span span : spans) {
      if (span.state().isAlive() && (node == null || node.equals(span.node()))) {
        long from = Math.max(fromMs, span.fromMs());
        long to = Math.min(toMs, guest.endOf(span));
        sum.add(guest, span.state(), from, to, fromMs == toMs ? 1 : (double) (to - from) / length);
      }
    }
    return sum.mean();
  }

  private static List<Span> moment(@Nullable Span span) {
    return span == null ? List.of() : List.of(span);
  }
}
