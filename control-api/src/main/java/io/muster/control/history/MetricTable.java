package io.muster.control.history;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables of numbers: what each is of, and where its hours and its newest rows are. */
enum MetricTable {
  SERVER("connection_metrics", "connection_hourly", "server_now", "attempt_ts"),
  CLUSTER("cluster_metrics", null, latest("cluster_metrics", "cluster"), "ts"),
  NODE("node_metrics", "node_hourly", "node_now", "sample_ts"),
  VM("vm_metrics", "vm_hourly", "vm_now", "sample_ts"),
  STORAGE("storage_metrics", "storage_hourly", latest("storage_metrics", "node, storage"), "ts"),
  QUOTA("quota_metrics", null, latest("quota_metrics", "project, resource"), "ts");

  private final String table;
  private final @Nullable String hourly;
  private final String newest;
  private final String newestTime;

  MetricTable(String table, @Nullable String hourly, String newest, String newestTime) {
    this.table = table;
    this.hourly = hourly;
    this.newest = newest;
    this.newestTime = newestTime;
  }

  /** Of the last hour: slower than any round of an agent, so what is older is not now. */
  private static String latest(String table, String keys) {
    return ("(SELECT * FROM %s WHERE ts > dateadd('h', -1, now())"
            + " LATEST ON ts PARTITION BY server_id, %s)")
        .formatted(table, keys);
  }

  String table() {
    return table;
  }

  /** Its rows by the hour; null = there are none. */
  @Nullable String hourly() {
    return hourly;
  }

  /** A view, or a query in brackets. */
  String newest() {
    return newest;
  }

  /** The column of {@link #newest} with the time of the numbers. */
  String newestTime() {
    return newestTime;
  }

  List<Label> labels() {
    return switch (this) {
      case SERVER -> List.of();
      case CLUSTER -> List.of(Label.CLUSTER);
      case NODE -> List.of(Label.NODE);
      case VM -> List.of(Label.VM);
      case STORAGE -> List.of(Label.NODE, Label.STORAGE);
      case QUOTA -> List.of(Label.PROJECT, Label.RESOURCE);
    };
  }

  List<Metric> metrics() {
    return Metrics.of(this);
  }

  Optional<Metric> metric(String name) {
    return metrics().stream().filter(metric -> metric.name().equals(name)).findFirst();
  }

  /** The word in parameters. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
