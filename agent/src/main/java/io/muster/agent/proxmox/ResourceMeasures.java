package io.muster.agent.proxmox;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Samples out of {@code /cluster/resources}, for servers without the export: no load, no network of
 * nodes. An object whose uptime stands still has not been measured anew.
 */
final class ResourceMeasures {
  private final Map<String, Double> uptimes = new HashMap<>();

  Export of(String node, Resources resources, Instant tick) {
    Export samples = new Export();
    resources.nodes().stream()
        .filter(row -> row.name().equals(node))
        .forEach(row -> add(samples, "node/" + node, row.measures(), tick));
    guests(node, resources).forEach(row -> add(samples, row.id(), row.measures(), tick));
    return samples;
  }

  void forgetOthers(Resources resources) {
    Map<String, Boolean> listed = new HashMap<>();
    resources.nodes().forEach(row -> listed.put("node/" + row.name(), true));
    resources.guests().forEach(row -> listed.put(row.id(), true));
    uptimes.keySet().retainAll(listed.keySet());
  }

  private static Stream<Resources.Guest> guests(String node, Resources resources) {
    return resources.guests().stream().filter(row -> row.node().equals(node));
  }

  private void add(Export samples, String id, Measures measures, Instant tick) {
    double uptime = measures.get(Metric.UPTIME);
    if (Double.isNaN(uptime)) {
      return;
    }
    Double before = uptimes.put(id, uptime);
    if (before == null || before != uptime || uptime == 0) {
      samples.put(id, tick.getEpochSecond(), measures);
    }
  }
}
