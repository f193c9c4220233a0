package io.muster.agent.proxmox;

import io.muster.agent.provider.MemorySource;
import io.muster.agent.provider.NodeSample;
import io.muster.agent.provider.VmSample;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes rows of measurements. */
final class SampleMaker {
  private SampleMaker() {}

  /**
   * @param load read at this tick where the measurement itself has none, or null
   * @param trustIowait before 8.3.4 the export's value was not a ratio
   */
  static NodeSample node(
      Instant ts,
      String node,
      Measurement of,
      @Nullable NodeStatusFacts load,
      boolean trustIowait) {
    Measures now = of.now();
    return new NodeSample(
        ts,
        node,
        of.sampleSeconds(),
        now.ratio(Metric.CPU_CURRENT),
        now.number(Metric.CPU_MAX),
        now.has(Metric.CPU_AVG1) || load == null ? now.number(Metric.CPU_AVG1) : load.load1(),
        now.has(Metric.CPU_AVG5) || load == null ? now.number(Metric.CPU_AVG5) : load.load5(),
        now.has(Metric.CPU_AVG15) || load == null ? now.number(Metric.CPU_AVG15) : load.load15(),
        trustIowait ? now.ratio(Metric.CPU_IOWAIT) : null,
        now.whole(Metric.MEM_USED),
        now.positive(Metric.MEM_TOTAL),
        now.has(Metric.SWAP_USED) || load == null ? now.whole(Metric.SWAP_USED) : load.swapUsed(),
        now.has(Metric.SWAP_TOTAL) || load == null
            ? now.whole(Metric.SWAP_TOTAL)
            : load.swapTotal(),
        now.positive(Metric.DISK_USED),
        now.positive(Metric.DISK_TOTAL),
        of.rate(Metric.NET_IN),
        of.rate(Metric.NET_OUT),
        null,
        null,
        null,
        null,
        now.whole(Metric.UPTIME),
        null,
        null);
  }

  /** Pressure and ZFS cache of one RRD row; nothing else, so that no other row is touched. */
  static NodeSample pressure(String node, RrdRow row) {
    return new NodeSample(
        Instant.ofEpochSecond(row.endSecond()).minusMillis(1),
        node,
        row.stepSeconds(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        row.pressureCpuRatio(),
        row.pressureMemoryRatio(),
        row.pressureIoRatio(),
        row.zfsArcBytes(),
        null,
        null,
        null);
  }

  /**
   * @param balloon whether the guest's balloon driver reports its memory
   * @param hostMemoryBytes known of this very measurement, or null
   */
  static VmSample guest(
      Instant ts,
      String vmId,
      boolean container,
      Measurement of,
      boolean balloon,
      @Nullable Long hostMemoryBytes) {
    Measures now = of.now();
    Long memory = now.whole(Metric.MEM_USED);
    MemorySource source =
        container ? MemorySource.CGROUP : balloon ? MemorySource.BALLOON : MemorySource.HOST;
    return new VmSample(
        ts,
        vmId,
        of.sampleSeconds(),
        now.ratio(Metric.CPU_CURRENT),
        now.number(Metric.CPU_MAX),
        memory,
        now.positive(Metric.MEM_TOTAL),
        memory == null ? null : source,
        hostMemoryBytes,
        container ? now.whole(Metric.DISK_USED) : null,
        now.positive(Metric.DISK_TOTAL),
        of.rate(Metric.DISK_READ),
        of.rate(Metric.DISK_WRITE),
        of.rate(Metric.NET_IN),
        of.rate(Metric.NET_OUT),
        now.whole(Metric.UPTIME));
  }
}
