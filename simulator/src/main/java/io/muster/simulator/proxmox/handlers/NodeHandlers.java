package io.muster.simulator.proxmox.handlers;

import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.api.Call;
import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Node;
import io.muster.simulator.proxmox.world.model.NodeSample;
import io.muster.simulator.proxmox.world.model.NodeSpec;
import io.muster.simulator.proxmox.world.model.PveVersion;
import io.muster.simulator.proxmox.world.model.Sampling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One node about itself: version, time and status. */
final class NodeHandlers {
  private static final String CPU_FLAGS =
      "fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush mmx fxsr sse"
          + " sse2 ht syscall nx lm constant_tsc aes xsave avx avx2 hypervisor";

  private final Cluster cluster;
  private final Sampling sampling;
  private final Lookup lookup;

  NodeHandlers(Cluster cluster, Sampling sampling) {
    this.cluster = cluster;
    this.sampling = sampling;
    this.lookup = new Lookup(cluster);
  }

  void addTo(Routes routes) {
    routes.get("/version", call -> version());
    routes.get("/nodes/{node}/version", call -> version());
    routes.get("/nodes/{node}", call -> List.of(Map.of("name", "qemu"), Map.of("name", "lxc")));
    routes.get("/nodes/{node}/time", this::time);
    routes.get("/nodes/{node}/status", this::status);
  }

  private Object version() {
    PveVersion version = cluster.version();
    return Map.of(
        "version", version.full(), "release", version.release(), "repoid", version.repoId());
  }

  private Object time(Call call) throws ApiException {
    long seconds = lookup.node(call).clock().second(cluster.now());
    return Map.of("timezone", "UTC", "time", seconds, "localtime", seconds);
  }

  private Object status(Call call) throws ApiException {
    Node node = lookup.node(call);
    NodeSample sample = sampling.sample(node, cluster.now());
    NodeSpec spec = node.spec();
    PveVersion version = cluster.version();
    String build = "#1 SMP PREEMPT_DYNAMIC PMX " + version.kernel();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("uptime", sample.uptimeSeconds());
    row.put(
        "loadavg",
        List.of(twoDigits(sample.load1()), twoDigits(sample.load5()), twoDigits(sample.load15())));
    row.put("cpu", cluster.now() / 1000 % 3 == 0 ? Math.min(1, sample.cpu() * 2) : 0);
    row.put("wait", sample.ioWait());
    row.put("idle", 0);
    row.put("memory", memory(spec, sample));
    row.put("swap", amounts(spec.swapBytes(), sample.swapUsed()));
    Map<String, Object> root = amounts(spec.rootBytes(), sample.rootUsed());
    root.put("avail", (spec.rootBytes() - sample.rootUsed()) * 95 / 100);
    row.put("rootfs", root);
    row.put("ksm", Map.of("shared", 0));
    row.put("cpuinfo", cpu(spec));
    row.put("kversion", "Linux " + version.kernel() + " " + build);
    row.put(
        "current-kernel",
        Map.of(
            "sysname",
            "Linux",
            "release",
            version.kernel(),
            "version",
            build,
            "machine",
            "x86_64"));
    row.put("boot-info", Map.of("mode", "efi", "secureboot", 0));
    row.put("pveversion", "pve-manager/" + version.full() + "/" + version.repoId());
    return row;
  }

  private Map<String, Object> memory(NodeSpec spec, NodeSample sample) {
    Map<String, Object> memory = amounts(spec.memoryBytes(), sample.memUsed());
    long available = spec.memoryBytes() - sample.memUsed();
    memory.put("free", available * 7 / 10);
    if (cluster.version().isNine()) {
      memory.put("available", available);
    }
    return memory;
  }

  private static Map<String, Object> amounts(long total, long used) {
    Map<String, Object> amounts = new LinkedHashMap<>();
    amounts.put("total", total);
    amounts.put("used", used);
    amounts.put("free", total - used);
    return amounts;
  }

  private Map<String, Object> cpu(NodeSpec spec) {
    Map<String, Object> cpu = new LinkedHashMap<>();
    cpu.put("cpus", spec.cpus());
    cpu.put("cores", spec.sockets() * spec.coresPerSocket());
    cpu.put("sockets", spec.sockets());
    cpu.put("model", spec.cpuModel());
    cpu.put("mhz", "2596.138");
    cpu.put("flags", CPU_FLAGS);
    cpu.put("hvm", "1");
    cpu.put("user_hz", 100);
    if (cluster.version().isNine()) {
      boolean amd = spec.cpuModel().startsWith("AMD");
      cpu.put("family", amd ? "25" : "6");
      cpu.put("vendor", amd ? "AuthenticAMD" : "GenuineIntel");
    }
    return cpu;
  }

  static String twoDigits(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
