package io.muster.simulator.proxmox.world.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Averages over stretches of the past, by the names that RRD files have. A stretch of which less
 * than half is known is unknown, and unknown values are absent. Sizes and numbers of CPUs are those
 * of today.
 */
public final class History {
  private static final double KNOWN = 0.5;

  private final Cluster cluster;
  private final Sampling sampling;

  public History(Cluster cluster, Sampling sampling) {
    this.cluster = cluster;
    this.sampling = sampling;
  }

  /** Whether anything was ever written of the guest: not before it was measured once. */
  public boolean hasFile(Guest guest) {
    Node node = cluster.node(guest.node());
    Long beat = node == null ? null : node.lastBeat(cluster.now());
    return guest.everAlive() || (beat != null && beat >= guest.createdMs());
  }

  public Map<String, Object> node(Node node, long fromMs, long toMs) {
    Map<String, Object> row = new LinkedHashMap<>();
    if (node.shareUp(fromMs, toMs) < KNOWN) {
      return row;
    }
    NodeSpec spec = node.spec();
    NodeMean mean = sampling.mean(node, fromMs, toMs);
    row.put("loadavg", mean.cpu() * spec.cpus() * 1.1);
    row.put("maxcpu", spec.cpus());
    row.put("cpu", mean.cpu());
    row.put("iowait", mean.ioWait());
    row.put("memtotal", spec.memoryBytes());
    row.put("memused", mean.memUsed());
    row.put("swaptotal", spec.swapBytes());
    row.put("swapused", mean.swapUsed());
    row.put("roottotal", spec.rootBytes());
    row.put("rootused", mean.rootUsed());
    row.put("netin", mean.netIn());
    row.put("netout", mean.netOut());
    if (cluster.version().isNine()) {
      row.put("memavailable", spec.memoryBytes() - mean.memUsed());
      row.put("arcsize", mean.arc());
      double pressure = 100 * mean.cpu() * mean.cpu() / 4;
      row.put("pressurecpusome", pressure);
      row.put("pressureiosome", 100 * mean.ioWait());
      row.put("pressureiofull", 60 * mean.ioWait());
      row.put("pressurememorysome", pressure / 20);
      row.put("pressurememoryfull", pressure / 40);
    }
    return row;
  }

  public Map<String, Object> guest(Guest guest, long fromMs, long toMs) {
    Map<String, Object> row = new LinkedHashMap<>();
    if (measured(guest, fromMs, toMs) < KNOWN) {
      return row;
    }
    GuestMean mean = sampling.mean(guest, fromMs, toMs);
    boolean vm = guest.type() == GuestType.QEMU;
    boolean alive = mean.aliveShare() >= KNOWN;
    row.put("maxcpu", guest.config().cpus());
    row.put("maxmem", guest.config().memoryBytes());
    row.put("maxdisk", guest.config().diskBytes());
    row.put("disk", vm || !alive ? 0 : guest.config().diskBytes() * guest.load().disk());
    if (!alive) {
      return row;
    }
    row.put("cpu", mean.cpu());
    row.put("mem", mean.mem());
    row.put("netin", mean.rates().netIn());
    row.put("netout", mean.rates().netOut());
    row.put("diskread", mean.rates().diskRead());
    row.put("diskwrite", mean.rates().diskWrite());
    if (cluster.version().isNine()) {
      if (vm) {
        row.put("memhost", mean.memHost());
      }
      for (String what : List.of("cpu", "io", "memory")) {
        double some = what.equals("cpu") ? mean.pressure() : mean.pressure() / 8;
        row.put("pressure" + what + "some", some);
        row.put("pressure" + what + "full", some / 2);
      }
    }
    return row;
  }

  /** Share of a stretch in which the guest was there and its node was on. */
  private static double measured(Guest guest, long fromMs, long toMs) {
    long known = 0;
    for (Span span : guest.between(fromMs, toMs)) {
      if (span.state() != RunState.ABSENT) {
        known += Math.min(toMs, guest.endOf(span)) - Math.max(fromMs, span.fromMs());
      }
    }
    return (double) known / (toMs - fromMs);
  }

  public Map<String, Object> storage(Storage storage, Node node, long fromMs, long toMs) {
    Map<String, Object> row = new LinkedHashMap<>();
    if (node.shareUp(fromMs, toMs) >= KNOWN && storage.isActive(node.name())) {
      row.put("total", storage.totalBytes());
      row.put("used", storage.usedBytes(node.name(), toMs));
    }
    return row;
  }
}
