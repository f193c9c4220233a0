package io.muster.simulator.proxmox.handlers;

import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.api.Call;
import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Guest;
import io.muster.simulator.proxmox.world.model.GuestSample;
import io.muster.simulator.proxmox.world.model.GuestType;
import io.muster.simulator.proxmox.world.model.Node;
import io.muster.simulator.proxmox.world.model.NodeSample;
import io.muster.simulator.proxmox.world.model.Sampling;
import io.muster.simulator.proxmox.world.model.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code /cluster/metrics/export}: typed samples with each node's own times. */
final class ExportHandler {
  /** As the real method assumes of the status daemon, whatever its true period. */
  private static final long ASSUMED_PERIOD_SECONDS = 10;

  private final Cluster cluster;
  private final Sampling sampling;

  ExportHandler(Cluster cluster, Sampling sampling) {
    this.cluster = cluster;
    this.sampling = sampling;
  }

  void addTo(Routes routes) {
    routes.get("/cluster/metrics/export", this::export);
  }

  private Object export(Call call) throws ApiException {
    long after = call.longNumber("start-time", 0);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Node node : asked(call)) {
      for (long beat : node.beats(cluster.now(), generations(call, node, after)).reversed()) {
        long second = node.clock().second(beat);
        if (second > after) {
          new Generation(rows, second).add(node, beat);
        }
      }
    }
    return Map.of("data", rows);
  }

  private int generations(Call call, Node node, long after) {
    if (!call.flag("history", false)) {
      return 1;
    }
    if (after <= 0) {
      return Sampling.GENERATIONS;
    }
    long period = Math.min(ASSUMED_PERIOD_SECONDS, cluster.settings().samplePeriod().toSeconds());
    long since = (node.clock().second(cluster.now()) - after) / period + 1;
    return Math.clamp(since, 1, Sampling.GENERATIONS);
  }

  private List<Node> asked(Call call) throws ApiException {
    String list = call.text("node-list");
    if (list != null && !call.flag("local-only", false)) {
      List<Node> nodes = new ArrayList<>();
      for (String name : list.split("[,; ]+", -1)) {
        Node node = cluster.node(name);
        if (node == null || !node.isMember()) {
          throw ApiException.of(500, "no such cluster node '" + name + "'");
        }
        nodes.add(node);
      }
      return nodes.stream().filter(Node::isUp).toList();
    }
    boolean local = call.flag("local-only", false);
    return cluster.members().stream()
        .filter(Node::isUp)
        .filter(node -> !local || node.name().equals(call.entryNode()))
        .toList();
  }

  /** The rows of one round of one node's status daemon. */
  private final class Generation {
    private final List<Map<String, Object>> rows;
    private final long timestamp;

    Generation(List<Map<String, Object>> rows, long timestamp) {
      this.rows = rows;
      this.timestamp = timestamp;
    }

    void add(Node node, long beat) {
      node("node/" + node.name(), node, sampling.sample(node, beat));
      for (Sampling.Measured measured : sampling.guests(node, beat)) {
        guest(measured.guest(), measured.sample());
      }
      for (Storage storage : cluster.facilities().storages()) {
        if (storage.isActive(node.name())) {
          String id = "storage/" + node.name() + "/" + storage.id();
          gauge(id, "disk_total", storage.totalBytes());
          gauge(id, "disk_used", storage.usedBytes(node.name(), beat));
        }
      }
    }

    private void node(String id, Node node, NodeSample sample) {
      gauge(id, "uptime", sample.uptimeSeconds());
      derive(id, "net_in", sample.netIn());
      derive(id, "net_out", sample.netOut());
      gauge(id, "cpu_avg1", rounded(sample.load1()));
      gauge(id, "cpu_avg5", rounded(sample.load5()));
      gauge(id, "cpu_avg15", rounded(sample.load15()));
      gauge(id, "cpu_max", node.spec().cpus());
      gauge(id, "cpu_current", sample.cpu());
      gauge(id, "cpu_iowait", sample.ioWait());
      gauge(id, "mem_total", node.spec().memoryBytes());
      gauge(id, "mem_used", sample.memUsed());
      gauge(id, "swap_total", node.spec().swapBytes());
      gauge(id, "swap_used", sample.swapUsed());
      gauge(id, "disk_total", node.spec().rootBytes());
      gauge(id, "disk_used", sample.rootUsed());
    }

    private void guest(Guest guest, GuestSample sample) {
      String id = guest.id();
      if (sample.state().isAlive()) {
        gauge(id, "cpu_current", sample.cpu());
        gauge(id, "mem_used", sample.mem());
        derive(id, "disk_read", sample.counters().diskRead());
        derive(id, "disk_write", sample.counters().diskWrite());
        derive(id, "net_in", sample.counters().netIn());
        derive(id, "net_out", sample.counters().netOut());
        if (guest.type() == GuestType.LXC) {
          gauge(id, "disk_used", sample.disk());
        }
      }
      gauge(id, "uptime", sample.uptimeSeconds());
      gauge(id, "cpu_max", guest.config().cpus());
      gauge(id, "mem_total", guest.config().memoryBytes());
      gauge(id, "disk_total", guest.config().diskBytes());
    }

    private static double rounded(double load) {
      return Math.round(load * 100) / 100.0;
    }

    private void gauge(String id, String metric, Number value) {
      row(id, metric, "gauge", value);
    }

    private void derive(String id, String metric, Number value) {
      row(id, metric, "derive", value);
    }

    private void row(String id, String metric, String type, Number value) {
      rows.add(
          Map.of("id", id, "metric", metric, "timestamp", timestamp, "type", type, "value", value));
    }
  }
}
