package io.muster.agent;

import io.muster.agent.provider.NodeSample;
import io.muster.agent.provider.NodeState;
import io.muster.agent.provider.Sample;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.StorageSample;
import io.muster.agent.provider.VmSample;
import io.muster.agent.provider.VmState;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code poll --once} for people. */
final class PollText {
  private static final double GIB = 1 << 30;
  private static final int PERCENT = 100;

  private PollText() {}

  static void print(PrintWriter out, PollCommand.Result result) {
    Snapshot snapshot = result.snapshot();
    if (snapshot == null) {
      out.printf(
          "%s: %s%s%n%n",
          result.name(), result.failure() == null ? "" : result.failure() + ": ", result.message());
      return;
    }
    out.printf(
        Locale.ROOT,
        "%s: version %s, %d nodes, %d VMs, %d samples, %d events, %d calls in %.0f ms%n",
        result.name(),
        snapshot.facts().version() == null ? "unknown" : snapshot.facts().version(),
        snapshot.nodes().size(),
        snapshot.vms().size(),
        snapshot.samples().size(),
        snapshot.events().size(),
        snapshot.apiCalls(),
        result.responseTimeMs());
    snapshot
        .gaps()
        .forEach(gap ->
            out.printf("  not read: %s: %s: %s%n", gap.subject(), gap.failure(), gap.message()));
    out.println();
    nodes(out, snapshot);
    vms(out, snapshot);
    storages(out, snapshot);
  }

  private static void nodes(PrintWriter out, Snapshot snapshot) {
    Map<String, NodeSample> newest = new HashMap<>();
    for (Sample sample : snapshot.samples()) {
      if (sample instanceof NodeSample node) {
        newest.put(node.node(), node);
      }
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("NODE", "STATUS", "CPU", "MEMORY", "AT"));
    for (NodeState node : snapshot.nodes()) {
      NodeSample sample = newest.get(node.node());
      rows.add(
          List.of(
              node.node(),
              node.status().label(),
              percent(sample == null ? null : sample.cpuUsageRatio()),
              memory(
                  sample == null ? null : sample.memoryUsedBytes(),
                  sample == null ? null : sample.memoryTotalBytes()),
              sample == null ? "-" : sample.ts().toString()));
    }
    block(out, rows);
  }

  private static void vms(PrintWriter out, Snapshot snapshot) {
    Map<String, VmSample> newest = new HashMap<>();
    for (Sample sample : snapshot.samples()) {
      if (sample instanceof VmSample vm) {
        newest.put(vm.vmId(), vm);
      }
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("VM", "NAME", "NODE", "STATUS", "CPU", "MEMORY", "AT"));
    for (VmState vm : snapshot.vms()) {
      VmSample sample = newest.get(vm.vmId());
      rows.add(
          List.of(
              vm.vmId(),
              orDash(vm.name()),
              orDash(vm.node()),
              vm.status().label(),
              percent(sample == null ? null : sample.cpuUsageRatio()),
              memory(
                  sample == null ? null : sample.memoryUsedBytes(),
                  sample == null ? null : sample.memoryTotalBytes()),
              sample == null ? "-" : sample.ts().toString()));
    }
    block(out, rows);
  }

  private static void storages(PrintWriter out, Snapshot snapshot) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("STORAGE", "NODE", "KIND", "STATUS", "USED"));
    for (Sample sample : snapshot.samples()) {
      if (sample instanceof StorageSample storage) {
        rows.add(
            List.of(
                storage.storage(),
                storage.node() == null ? "shared" : storage.node(),
                orDash(storage.kind()),
                storage.status().label(),
                memory(storage.usedBytes(), storage.totalBytes())));
      }
    }
    block(out, rows);
  }

  private static void block(PrintWriter out, List<List<String>> rows) {
    if (rows.size() > 1) {
      Output.table(out, rows);
      out.println();
    }
  }

  private static String percent(@Nullable Double ratio) {
    return ratio == null ? "-" : String.format(Locale.ROOT, "%.1f %%", ratio * PERCENT);
  }

  private static String memory(@Nullable Long used, @Nullable Long total) {
    return used == null || total == null
        ? "-"
        : String.format(Locale.ROOT, "%.1f / %.1f GiB", used / GIB, total / GIB);
  }

  private static String orDash(@Nullable String value) {
    return value == null ? "-" : value;
  }
}
