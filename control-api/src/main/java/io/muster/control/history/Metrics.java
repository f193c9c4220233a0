package io.muster.control.history;

import static io.muster.control.history.Metric.column;
import static io.muster.control.history.Metric.share;
import static io.muster.control.history.Metric.summed;
import static io.muster.control.history.Metric.summedOnly;

import java.util.List;

/** The numbers that stand in each table, as {@code schema.sql} has them. */
final class Metrics {
  private static final List<Metric> SERVER =
      List.of(
          share(
              "success",
              "CASE WHEN attempt_ts IS NULL THEN NULL WHEN failure IS NULL THEN 1.0 ELSE 0.0 END",
              "successes",
              "attempts"),
          summed("response_time_ms", "responses"),
          summedOnly("api_calls", "attempts"),
          summedOnly("rows_read", "attempts"),
          column("timeout_ms"),
          column("interval_ms"),
          column("nodes_online"),
          column("nodes_total"),
          column("clock_skew_ms"));

  private static final List<Metric> CLUSTER =
      List.of(
          column("quorate"),
          column("nodes_expected"),
          column("nodes_online"),
          column("ha_errors"),
          column("updates_pending"));

  private static final List<Metric> NODE =
      List.of(
          summed("cpu_usage_ratio", "cpu_seconds"),
          column("cpu_cores"),
          summed("load1", "load1_seconds"),
          column("load5"),
          column("load15"),
          summed("iowait_ratio", "iowait_seconds"),
          summed("memory_used_bytes", "memory_seconds"),
          summedOnly("memory_total_bytes", "memory_seconds"),
          summed("swap_used_bytes", "swap_seconds"),
          column("swap_total_bytes"),
          summed("disk_used_bytes", "disk_seconds"),
          summedOnly("disk_total_bytes", "disk_seconds"),
          summed("network_receive_bytes_per_second", "network_seconds"),
          summed("network_transmit_bytes_per_second", "network_seconds"),
          summed("pressure_cpu_ratio", "pressure_seconds"),
          summed("pressure_memory_ratio", "pressure_seconds"),
          summed("pressure_io_ratio", "pressure_seconds"),
          summedOnly("zfs_arc_bytes", "zfs_arc_seconds"),
          column("uptime_seconds"),
          column("vcpus_allocated"),
          column("memory_allocated_bytes"));

  private static final List<Metric> VM =
      List.of(
          summed("cpu_usage_ratio", "cpu_seconds"),
          column("cpu_cores"),
          summed("memory_used_bytes", "memory_seconds"),
          summedOnly("memory_total_bytes", "memory_seconds"),
          column("host_memory_bytes"),
          summed("disk_used_bytes", "disk_seconds"),
          summedOnly("disk_total_bytes", "disk_seconds"),
          summed("disk_read_bytes_per_second", "disk_io_seconds"),
          summed("disk_write_bytes_per_second", "disk_io_seconds"),
          summed("network_receive_bytes_per_second", "network_seconds"),
          summed("network_transmit_bytes_per_second", "network_seconds"),
          column("uptime_seconds"));

  private static final List<Metric> STORAGE =
      List.of(summed("used_bytes", "used_samples"), summedOnly("total_bytes", "used_samples"));

  private static final List<Metric> QUOTA = List.of(column("used"), column("limit_value"));

  private Metrics() {}

  static List<Metric> of(MetricTable table) {
    return switch (table) {
      case SERVER -> SERVER;
      case CLUSTER -> CLUSTER;
      case NODE -> NODE;
      case VM -> VM;
      case STORAGE -> STORAGE;
      case QUOTA -> QUOTA;
    };
  }
}
