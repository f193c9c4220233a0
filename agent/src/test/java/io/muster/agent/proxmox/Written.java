package io.muster.agent.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.agent.provider.Event;
import io.muster.agent.provider.NodeSample;
import io.muster.agent.provider.Progress;
import io.muster.agent.provider.ProgressKeeper;
import io.muster.agent.provider.Sample;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.VmSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Rows as QuestDB has them, by key, and how far they are safe. A key never changes its content. */
final class Written implements ProgressKeeper {
  private final Map<String, NavigableMap<Instant, Row>> objects = new TreeMap<>();
  final List<Event> events = new ArrayList<>();

  /** Ends of the rows of pressure, of each node. */
  final Map<String, NavigableSet<Instant>> pressure = new TreeMap<>();

  private Progress recorded = Progress.NONE;
  private Progress onDisk = Progress.NONE;

  /** What a row says without what is known of now alone. */
  record Row(@Nullable Integer seconds, List<Object> content) {}

  @Override
  public Progress resume(Progress last) {
    return recorded;
  }

  @Override
  public boolean hasRoom() {
    return true;
  }

  void record(Snapshot snapshot) {
    for (Sample sample : snapshot.samples()) {
      switch (sample) {
        case NodeSample node -> {
          if (node.cpuCores() != null) {
            put("node/" + node.node(), node.ts(), row(node));
          } else if (node.pressureCpuRatio() != null) {
            pressure.computeIfAbsent(node.node(), key -> new TreeSet<>()).add(node.ts());
          }
        }
        case VmSample vm -> put(vm.vmId(), vm.ts(), row(vm));
        default -> {
          // at the tick, never again
        }
      }
    }
    snapshot.events().stream().filter(event -> event.type().equals("gap")).forEach(events::add);
    onDisk = recorded;
    recorded = snapshot.progress();
  }

  /** The process is gone: rows are there that the progress on disk does not know of. */
  void kill() {
    recorded = onDisk;
  }

  boolean isWhole() {
    return recorded.holes().isEmpty() && !recorded.taken().isEmpty();
  }

  Map<String, NavigableMap<Instant, Row>> objects() {
    return objects;
  }

  private void put(String object, Instant ts, Row row) {
    Row before = objects.computeIfAbsent(object, key -> new TreeMap<>()).putIfAbsent(ts, row);
    if (before != null) {
      assertThat(row).as(object + " at " + ts + ", written again").isEqualTo(before);
    }
  }

  private static Row row(NodeSample node) {
    return new Row(
        node.sampleSeconds(),
        List.of(
            text(node.cpuUsageRatio()),
            text(node.load1()),
            text(node.memoryUsedBytes()),
            text(node.networkReceiveBytesPerSecond()),
            text(node.uptimeSeconds())));
  }

  private static Row row(VmSample vm) {
    boolean counted = vm.networkReceiveBytesPerSecond() != null;
    return new Row(
        counted ? vm.sampleSeconds() : null,
        List.of(
            text(vm.cpuUsageRatio()),
            text(vm.memoryUsedBytes()),
            text(vm.networkReceiveBytesPerSecond()),
            text(vm.diskWriteBytesPerSecond()),
            text(vm.uptimeSeconds())));
  }

  private static String text(@Nullable Object value) {
    return String.valueOf(value);
  }
}
