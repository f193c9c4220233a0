package io.muster.cli.size;

import java.time.Duration;
import java.util.List;

/**
 * Rows of a table that are written by the clock. What is written when something happens (events,
 * changes of state) is little beside these.
 *
 * @param bytes of a row: the widths of its columns, with what texts and indexes take on average
 */
record Written(String table, Of of, Every every, int bytes) {
  /** What has a row. */
  enum Of {
    SERVER,
    NODE,
    VM,
    VM_OR_OTHER,
    STORAGE
  }

  /** How often. */
  enum Every {
    POLL,
    /** A heart-beat, or each poll where these are rarer. */
    MINUTE,
    HOUR
  }

  private static final Duration DAY = Duration.ofDays(1);

  static final List<Written> ALL =
      List.of(
          new Written("vm_metrics", Of.VM, Every.POLL, 148),
          new Written("vm_states", Of.VM_OR_OTHER, Every.MINUTE, 144),
          new Written("vm_hourly", Of.VM, Every.HOUR, 212),
          new Written("node_metrics", Of.NODE, Every.POLL, 200),
          new Written("node_states", Of.NODE, Every.MINUTE, 200),
          new Written("node_hourly", Of.NODE, Every.HOUR, 316),
          new Written("storage_metrics", Of.STORAGE, Every.POLL, 56),
          new Written("storage_hourly", Of.STORAGE, Every.HOUR, 96),
          new Written("connection_metrics", Of.SERVER, Every.POLL, 105),
          new Written("connection_hourly", Of.SERVER, Every.HOUR, 80),
          new Written("cluster_metrics", Of.SERVER, Every.POLL, 52),
          new Written("server_states", Of.SERVER, Every.MINUTE, 130));

  boolean isHourly() {
    return every == Every.HOUR;
  }

  long rowsADay(Fleet fleet) {
    return count(fleet) * (DAY.toSeconds() / seconds(fleet.interval()));
  }

  private long count(Fleet fleet) {
    return switch (of) {
      case SERVER -> fleet.servers();
      case NODE -> fleet.nodes();
      case VM -> fleet.vms();
      case VM_OR_OTHER -> fleet.vms() + fleet.others();
      case STORAGE -> fleet.storages();
    };
  }

  private long seconds(Duration interval) {
    return switch (every) {
      case POLL -> interval.toSeconds();
      case MINUTE -> Math.max(60, interval.toSeconds());
      case HOUR -> 3600;
    };
  }
}
