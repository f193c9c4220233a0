package io.muster.control.infrastructure;

import io.micronaut.serde.annotation.Serdeable;
import io.muster.control.rows.Row;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A node's numbers; null = unknown.
 *
 * @param sampleAt when the platform measured them; null = there are none
 * @param cpuUsageRatio 0 to 1 of all cores
 * @param diskUsedBytes of the root file system
 */
@Serdeable
record NodeSample(
    @Nullable Instant sampleAt,
    @Schema(example = "10") @Nullable Integer sampleSeconds,
    @Schema(example = "0.25") @Nullable Double cpuUsageRatio,
    @Schema(example = "32") @Nullable Double cpuCores,
    @Nullable Double load1,
    @Nullable Double load5,
    @Nullable Double load15,
    @Nullable Double iowaitRatio,
    @Schema(example = "68719476736") @Nullable Long memoryUsedBytes,
    @Schema(example = "137438953472") @Nullable Long memoryTotalBytes,
    @Nullable Long swapUsedBytes,
    @Nullable Long swapTotalBytes,
    @Nullable Long diskUsedBytes,
    @Nullable Long diskTotalBytes,
    @Nullable Double networkReceiveBytesPerSecond,
    @Nullable Double networkTransmitBytesPerSecond,
    @Nullable Double pressureCpuRatio,
    @Nullable Double pressureMemoryRatio,
    @Nullable Double pressureIoRatio,
    @Nullable Long zfsArcBytes,
    @Nullable Long uptimeSeconds,
    @Nullable Double vcpusAllocated,
    @Nullable Long memoryAllocatedBytes) {
  static final String COLUMNS =
      "n.sample_ts, n.sample_seconds, n.cpu_usage_ratio, n.cpu_cores, n.load1, n.load5, n.load15,"
          + " n.iowait_ratio, n.memory_used_bytes, n.memory_total_bytes, n.swap_used_bytes,"
          + " n.swap_total_bytes, n.disk_used_bytes, n.disk_total_bytes,"
          + " n.network_receive_bytes_per_second, n.network_transmit_bytes_per_second,"
          + " n.pressure_cpu_ratio, n.pressure_memory_ratio, n.pressure_io_ratio, n.zfs_arc_bytes,"
          + " n.uptime_seconds, n.vcpus_allocated, n.memory_allocated_bytes";

  static NodeSample read(Row row) throws SQLException {
    return new NodeSample(
        row.time("sample_ts"),
        row.count("sample_seconds"),
        row.number("cpu_usage_ratio"),
        row.number("cpu_cores"),
        row.number("load1"),
        row.number("load5"),
        row.number("load15"),
        row.number("iowait_ratio"),
        row.whole("memory_used_bytes"),
        row.whole("memory_total_bytes"),
        row.whole("swap_used_bytes"),
        row.whole("swap_total_bytes"),
        row.whole("disk_used_bytes"),
        row.whole("disk_total_bytes"),
        row.number("network_receive_bytes_per_second"),
        row.number("network_transmit_bytes_per_second"),
        row.number("pressure_cpu_ratio"),
        row.number("pressure_memory_ratio"),
        row.number("pressure_io_ratio"),
        row.whole("zfs_arc_bytes"),
        row.whole("uptime_seconds"),
        row.number("vcpus_allocated"),
        row.whole("memory_allocated_bytes"));
  }
}
