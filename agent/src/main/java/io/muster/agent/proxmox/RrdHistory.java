package io.muster.agent.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.agent.provider.MemorySource;
import io.muster.agent.provider.NodeSample;
import io.muster.agent.provider.Sample;
import io.muster.agent.provider.VmSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of {@code rrddata} of one object, each the mean over (end − step, end]. Of nodes without
 * pressure and ZFS cache, which have rows of their own.
 */
final class RrdHistory {
  private RrdHistory() {}

  /**
   * A stretch of the past.
   *
   * @param values as Proxmox names them; those that are unknown are absent
   */
  record Row(long end, int stepSeconds, JsonNode values) {
    long begin() {
      return end - stepSeconds;
    }

    /** Whether anything was known but sizes and the number of CPUs, or at least these. */
    boolean knowsSomething() {
      return values.size() > 1;
    }
  }

  /** In the order of time. After an upgrade to 9 the first rows can have the step of before. */
  static List<Row> read(JsonNode data) throws MalformedAnswerException {
    List<JsonNode> rows = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    for (JsonNode row : Json.rows(data)) {
      Long end = Json.whole(row, "time");
      if (end == null || end <= 0 || end > Json.LAST_SECOND) {
        throw new MalformedAnswerException("a row of `data` has no `time`");
      }
      if (ends.isEmpty() || end > ends.getLast()) {
        rows.add(row);
        ends.add(end);
      }
    }
    List<Row> read = new ArrayList<>();
    for (int i = 0; i < rows.size() && rows.size() > 1; i++) {
      long step = i == 0 ? ends.get(1) - ends.get(0) : ends.get(i) - ends.get(i - 1);
      read.add(new Row(ends.get(i), (int) Math.min(step, Integer.MAX_VALUE), rows.get(i)));
    }
    return read;
  }

  /**
   * Those that lie wholly and strictly inside: rows of other steps and of the export never overlap
   * with them.
   *
   * @param frames finer steps first; a coarser one only adds what lies before the finer ones
   */
  static List<Row> inside(List<List<Row>> frames, long after, long until) {
    List<Row> chosen = new ArrayList<>();
    long limit = until;
    for (List<Row> frame : frames) {
      for (Row row : frame) {
        boolean before =
            limit == until ? row.end() + row.stepSeconds() < until : row.end() <= limit;
        if (row.begin() > after && before && row.knowsSomething()) {
          chosen.add(row);
        }
      }
      if (!frame.isEmpty()) {
        limit = Math.min(limit, frame.getFirst().begin());
      }
    }
    return chosen;
  }

  static Sample node(String node, Row row) {
    JsonNode values = row.values();
    return new NodeSample(
        Instant.ofEpochSecond(row.end()),
        node,
        row.stepSeconds(),
        ratio(values, "cpu"),
        Json.number(values, "maxcpu"),
        Json.number(values, "loadavg"),
        null,
        null,
        ratio(values, "iowait"),
        Json.whole(values, "memused"),
        positive(values, "memtotal"),
        Json.whole(values, "swapused"),
        Json.whole(values, "swaptotal"),
        positive(values, "rootused"),
        positive(values, "roottotal"),
        Json.number(values, "netin"),
        Json.number(values, "netout"),
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /**
   * @param balloon whether the guest's balloon driver reports its memory
   */
  static Sample guest(String vmId, boolean container, boolean balloon, Row row) {
    JsonNode values = row.values();
    Long memory = Json.whole(values, "mem");
    MemorySource source =
        container ? MemorySource.CGROUP : balloon ? MemorySource.BALLOON : MemorySource.HOST;
    return new VmSample(
        Instant.ofEpochSecond(row.end()),
        vmId,
        row.stepSeconds(),
        ratio(values, "cpu"),
        Json.number(values, "maxcpu"),
        memory,
        positive(values, "maxmem"),
        memory == null ? null : source,
        container ? null : positive(values, "memhost"),
        container ? positive(values, "disk") : null,
        positive(values, "maxdisk"),
        Json.number(values, "diskread"),
        Json.number(values, "diskwrite"),
        Json.number(values, "netin"),
        Json.number(values, "netout"),
        null);
  }

  private static @Nullable Double ratio(JsonNode values, String field) {
    Double ratio = Json.number(values, field);
    return ratio == null ? null : Double.valueOf(Math.clamp(ratio, 0.0, 1.0));
  }

  /** Null also for 0, which Proxmox says where it doesn't know. */
  private static @Nullable Long positive(JsonNode values, String field) {
    Long value = Json.whole(values, field);
    return value == null || value <= 0 ? null : value;
  }
}
