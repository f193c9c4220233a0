package io.muster.simulator.proxmox;

import io.muster.simulator.control.Verb;
import io.muster.simulator.engine.Engine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Several clusters in one process, on the same few threads. */
public final class SimulatedClusters implements AutoCloseable {
  private final Engine engine = new Engine();
  private final List<SimulatedProxmox> clusters = new ArrayList<>();

  private SimulatedClusters() {}

  /** Starts one cluster after another; all answer when this returns. */
  public static SimulatedClusters start(List<ProxmoxSettings> settings) throws IOException {
    SimulatedClusters started = new SimulatedClusters();
    try {
      for (ProxmoxSettings each : settings) {
        started.clusters.add(SimulatedProxmox.start(each, started.engine));
      }
      return started;
    } catch (IOException | RuntimeException e) {
      started.close();
      throw e;
    }
  }

  public List<SimulatedProxmox> all() {
    return List.copyOf(clusters);
  }

  /** Verbs by where they are under the control endpoint's address. */
  public Map<String, List<Verb>> verbs() {
    Map<String, List<Verb>> verbs = new LinkedHashMap<>();
    for (int i = 0; i < clusters.size(); i++) {
      verbs.put(base(i), ProxmoxVerbs.of(clusters.get(i)));
    }
    return verbs;
  }

  /** Nothing for a cluster that is alone, else such as {@code /clusters/1}. */
  public String base(int index) {
    return clusters.size() == 1 ? "" : "/clusters/" + (index + 1);
  }

  @Override
  public void close() {
    clusters.forEach(SimulatedProxmox::close);
    engine.close();
  }
}
