package io.muster.agent.proxmox;

import io.muster.agent.provider.StorageSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Storages at a tick: shared ones once, judged by a node that is there. */
final class StorageSamples {
  private StorageSamples() {}

  static List<StorageSample> of(Resources resources, Instant tick) {
    Set<String> online = new HashSet<>(resources.onlineNodes());
    List<StorageSample> samples = new ArrayList<>();
    Set<String> shared = new HashSet<>();
    for (Resources.Storage row : resources.storages()) {
      if (!row.shared()) {
        samples.add(sample(row, row.node(), online.contains(row.node()), tick));
      } else if (shared.add(row.name())) {
        Resources.Storage best = best(resources.storages().stream(), row.name(), online);
        samples.add(sample(best, null, online.contains(best.node()), tick));
      }
    }
    return samples;
  }

  /** Of the nodes that are online the first that can use it. */
  private static Resources.Storage best(
      Stream<Resources.Storage> rows, String name, Set<String> online) {
    return rows.filter(row -> row.shared() && row.name().equals(name))
        .min(
            Comparator.comparing((Resources.Storage row) -> !online.contains(row.node()))
                .thenComparing(row -> !row.status().equals("available"))
                .thenComparing(Resources.Storage::node))
        .orElseThrow();
  }

  private static StorageSample sample(
      Resources.Storage row, @Nullable String node, boolean judged, Instant tick) {
    Long total = row.totalBytes();
    boolean sized = judged && total != null && total > 0;
    return new StorageSample(
        tick,
        node,
        row.name(),
        row.kind(),
        judged ? StatusWords.storage(row.status()) : StorageSample.Status.UNKNOWN,
        sized ? row.usedBytes() : null,
        sized ? total : null);
  }
}
