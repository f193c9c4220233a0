package io.muster.simulator.proxmox.handlers;

import io.muster.simulator.proxmox.world.model.Guest;
import io.muster.simulator.proxmox.world.model.GuestSample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** QEMU's own statistics of a VM's disks, passed on as they are: the only real booleans. */
final class BlockStatistics {
  private static final int BYTES_AN_OPERATION = 16_384;

  private static final List<String> ALWAYS_ZERO =
      List.of(
          "rd_merged",
          "wr_merged",
          "unmap_merged",
          "unmap_bytes",
          "unmap_operations",
          "unmap_total_time_ns",
          "failed_rd_operations",
          "failed_wr_operations",
          "failed_flush_operations",
          "failed_unmap_operations",
          "invalid_rd_operations",
          "invalid_wr_operations",
          "invalid_flush_operations",
          "invalid_unmap_operations");

  private BlockStatistics() {}

  /** Disk to statistics; the first disk does all the work. */
  static Map<String, Object> of(Guest guest, GuestSample sample) {
    Map<String, Object> disks = new LinkedHashMap<>();
    boolean first = true;
    for (String disk : guest.config().disks().keySet()) {
      disks.put(
          disk,
          first ? disk(sample.counters().diskRead(), sample.counters().diskWrite()) : disk(0, 0));
      first = false;
    }
    return disks;
  }

  private static Map<String, Object> disk(long read, long written) {
    Map<String, Object> values = new LinkedHashMap<>();
    ALWAYS_ZERO.forEach(key -> values.put(key, 0));
    values.put("account_invalid", true);
    values.put("account_failed", true);
    values.put("timed_stats", List.of());
    values.put("rd_bytes", read);
    values.put("wr_bytes", written);
    values.put("rd_operations", read / BYTES_AN_OPERATION);
    values.put("wr_operations", written / BYTES_AN_OPERATION);
    values.put("rd_total_time_ns", read * 3);
    values.put("wr_total_time_ns", written * 5);
    values.put("flush_operations", written / BYTES_AN_OPERATION / 10);
    values.put("flush_total_time_ns", written / 2);
    values.put("wr_highest_offset", written);
    return values;
  }
}
