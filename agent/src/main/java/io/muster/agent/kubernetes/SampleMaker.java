package io.muster.agent.kubernetes;

import io.muster.agent.provider.MemorySource;
import io.muster.agent.provider.NodeSample;
import io.muster.agent.provider.Sample;
import io.muster.agent.provider.Tick;
import io.muster.agent.provider.VmSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes samples of what was measured, each measurement once. */
final class SampleMaker {
  /** A clock that is further off would put samples where nobody looks for them. */
  static final Duration SKEW_LIMIT = Duration.ofSeconds(60);

  /** When what was told last was measured, of each node and pod. */
  private final Map<String, Instant> last = new HashMap<>();

  private final Rates rates = new Rates();

  /** Begins a round: what is not measured any more is forgotten at its end. */
  Round round(View view, Tick tick, Instant now, boolean skewed) {
    return new Round(view, tick, now, skewed);
  }

  /** The samples of one poll. */
  final class Round {
    private final View view;
    private final Tick tick;
    private final Instant now;
    private final boolean skewed;
    private final Map<String, View.Load> loads;
    private final List<Sample> samples = new ArrayList<>();
    private final Set<String> measured = new HashSet<>();

    private Round(View view, Tick tick, Instant now, boolean skewed) {
      this.view = view;
      this.tick = tick;
      this.now = now;
      this.skewed = skewed;
      this.loads = view.loads();
    }

    /** A node's name is never a pod's id. What was measured in two ways is taken the first time. */
    void nodes(List<Usage> all) {
      for (Usage usage : all) {
        Node node = view.nodes().get(usage.id());
        if (node != null && isNew(usage)) {
          samples.add(node(node, ts(usage.at()), usage));
        }
      }
    }

    void pods(List<Usage> all) {
      for (Usage usage : all) {
        Pod pod = view.pods().get(usage.id());
        if (pod != null && !pod.finished() && isNew(usage)) {
          samples.add(pod(pod, ts(usage.at()), usage));
        }
      }
    }

    /** What nodes have, of which nobody says what they use. */
    void unmeasuredNodes() {
      view.nodes().values().stream()
          .filter(node -> !measured.contains(node.name()))
          .forEach(node -> samples.add(node(node, tick.at(), null)));
    }

    /** What pods may have, or at least ask for, where nobody says what they use. */
    void unmeasuredPods() {
      for (Pod pod : view.pods().values()) {
        if (!pod.finished() && pod.startedAt() != null && !measured.contains(pod.id())) {
          samples.add(pod(pod, tick.at(), null));
        }
      }
    }

    List<Sample> end() {
      last.keySet().retainAll(measured);
      rates.retain(measured);
      return samples;
    }

    private boolean isNew(Usage usage) {
      if (!measured.add(usage.id())) {
        return false;
      }
      Instant before = last.get(usage.id());
      if (before != null && !usage.at().isAfter(before)) {
        return false;
      }
      last.put(usage.id(), usage.at());
      return true;
    }

    private Instant ts(Instant at) {
      return skewed || at.isAfter(now.plus(SKEW_LIMIT)) ? tick.at() : at;
    }

    private NodeSample node(Node node, Instant ts, @Nullable Usage usage) {
      View.Load load = loads.get(node.name());
      Usage.More more = usage == null ? Usage.NOTHING_MORE : usage.more();
      Rates.Rate rate = usage == null ? Rates.UNKNOWN : rates.of(usage);
      return new NodeSample(
          ts,
          node.name(),
          usage == null ? null : usage.seconds(),
          usage == null ? null : ratio(usage.cores(), node.cores()),
          node.cores(),
          null,
          null,
          null,
          null,
          usage == null ? null : usage.memoryBytes(),
          node.memoryBytes(),
          null,
          null,
          more.diskUsedBytes(),
          more.diskTotalBytes(),
          rate.receive(),
          rate.transmit(),
          more.pressureCpu(),
          more.pressureMemory(),
          more.pressureIo(),
          null,
          null,
          load == null ? 0 : load.cpuRequestCores,
          load == null ? 0L : load.memoryRequestBytes);
    }

    private VmSample pod(Pod pod, Instant ts, @Nullable Usage usage) {
      Instant started = pod.startedAt();
      Long uptime =
          started == null || started.isAfter(ts)
              ? null
              : Long.valueOf(Duration.between(started, ts).toSeconds());
      if (usage == null) {
        Double cores = pod.cpuLimitCores();
        Long memory = pod.memoryLimitBytes();
        return sample(
            pod,
            ts,
            null,
            cores == null ? pod.cpuRequestCores() : cores,
            memory == null ? pod.memoryRequestBytes() : memory,
            MemorySource.REQUESTS,
            uptime);
      }
      return sample(
          pod,
          ts,
          usage,
          pod.cpuLimitCores(),
          pod.memoryLimitBytes(),
          usage.memoryBytes() == null ? null : usage.source(),
          uptime);
    }

    private VmSample sample(
        Pod pod,
        Instant ts,
        @Nullable Usage usage,
        @Nullable Double cores,
        @Nullable Long memory,
        @Nullable MemorySource source,
        @Nullable Long uptime) {
      Usage.More more = usage == null ? Usage.NOTHING_MORE : usage.more();
      Rates.Rate rate = usage == null ? Rates.UNKNOWN : rates.of(usage);
      return new VmSample(
          ts,
          pod.id(),
          usage == null ? null : usage.seconds(),
          usage == null ? null : ratio(usage.cores(), cores),
          cores,
          usage == null ? null : usage.memoryBytes(),
          memory,
          source,
          null,
          more.diskUsedBytes(),
          more.diskTotalBytes(),
          null,
          null,
          rate.receive(),
          rate.transmit(),
          uptime);
    }
  }

  /** A rate over a short window may be a little above what is allowed. */
  private static @Nullable Double ratio(@Nullable Double used, @Nullable Double allotted) {
    return used == null || allotted == null || allotted <= 0
        ? null
        : Double.valueOf(Math.min(1, used / allotted));
  }
}
