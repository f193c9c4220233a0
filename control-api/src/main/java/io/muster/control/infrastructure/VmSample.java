package io.muster.control.infrastructure;

import io.micronaut.serde.annotation.Serdeable;
import io.muster.control.rows.Row;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A VM's numbers; null = unknown.
 *
 * @param sampleAt when the platform measured them; null = there are none
 * @param cpuUsageRatio 0 to 1 of its own allotment
 */
@Serdeable
record VmSample(
    @Nullable Instant sampleAt,
    @Schema(example = "10") @Nullable Integer sampleSeconds,
    @Schema(example = "0.25") @Nullable Double cpuUsageRatio,
    @Schema(example = "4") @Nullable Double cpuCores,
    @Schema(example = "2147483648") @Nullable Long memoryUsedBytes,
    @Schema(example = "8589934592") @Nullable Long memoryTotalBytes,
    @Schema(example = "host") @Nullable String memorySource,
    @Nullable Long hostMemoryBytes,
    @Nullable Long diskUsedBytes,
    @Nullable Long diskTotalBytes,
    @Nullable Double diskReadBytesPerSecond,
    @Nullable Double diskWriteBytesPerSecond,
    @Nullable Double networkReceiveBytesPerSecond,
    @Nullable Double networkTransmitBytesPerSecond,
    @Nullable Long uptimeSeconds) {
  private static final String NUMBERS =
      "sample_seconds, cpu_usage_ratio, cpu_cores, memory_used_bytes, memory_total_bytes,"
          + " memory_source, host_memory_bytes, disk_used_bytes, disk_total_bytes,"
          + " disk_read_bytes_per_second, disk_write_bytes_per_second,"
          + " network_receive_bytes_per_second, network_transmit_bytes_per_second, uptime_seconds";

  /** Of {@code vm_now}. */
  static final String COLUMNS = "sample_ts, " + NUMBERS;

  /** Of {@code vm_metrics}. */
  static final String COLUMNS_OF_SAMPLES = "ts AS sample_ts, " + NUMBERS;

  static VmSample read(Row row) throws SQLException {
    return new VmSample(
        row.time("sample_ts"),
        row.count("sample_seconds"),
        row.number("cpu_usage_ratio"),
        row.number("cpu_cores"),
        row.whole("memory_used_bytes"),
        row.whole("memory_total_bytes"),
        row.text("memory_source"),
        row.whole("host_memory_bytes"),
        row.whole("disk_used_bytes"),
        row.whole("disk_total_bytes"),
        row.number("disk_read_bytes_per_second"),
        row.number("disk_write_bytes_per_second"),
        row.number("network_receive_bytes_per_second"),
        row.number("network_transmit_bytes_per_second"),
        row.whole("uptime_seconds"));
  }

  static VmSample none() {
    return new VmSample(
        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
  }
}
