package io.muster.agent.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pressure and ZFS cache of a node over (end − step, end], from {@code /nodes/{node}/rrddata} of
 * Proxmox VE 9.
 */
record RrdRow(
    long endSecond,
    int stepSeconds,
    @Nullable Double pressureCpuRatio,
    @Nullable Double pressureMemoryRatio,
    @Nullable Double pressureIoRatio,
    @Nullable Long zfsArcBytes) {

  /** Of timeframe {@code hour}, when a single row leaves no difference to measure. */
  private static final int USUAL_STEP_SECONDS = 60;

  private static final double PERCENT = 100;

  /** Rows in time order, those that know nothing left out. */
  static List<RrdRow> read(JsonNode data) throws MalformedAnswerException {
    List<RrdRow> rows = new ArrayList<>();
    Long before = null;
    for (JsonNode row : Json.rows(data)) {
      Long end = Json.whole(row, "time");
      if (end == null || end <= 0 || end > Json.LAST_SECOND) {
        throw new MalformedAnswerException("a row of `data` has no `time`");
      }
      // After an upgrade to 9 the first rows can have the step of the old file.
      long step = before == null || end <= before ? USUAL_STEP_SECONDS : end - before;
      before = end;
      RrdRow read =
          new RrdRow(
              end,
              (int) Math.min(step, Integer.MAX_VALUE),
              ratio(row, "pressurecpusome"),
              ratio(row, "pressurememorysome"),
              ratio(row, "pressureiosome"),
              Json.whole(row, "arcsize"));
      if (read.knowsSomething()) {
        rows.add(read);
      }
    }
    return rows;
  }

  private boolean knowsSomething() {
    return pressureCpuRatio != null
        || pressureMemoryRatio != null
        || pressureIoRatio != null
        || zfsArcBytes != null;
  }

  private static @Nullable Double ratio(JsonNode row, String field) {
    Double percent = Json.number(row, field);
    return percent == null ? null : Double.valueOf(Math.clamp(percent / PERCENT, 0.0, 1.0));
  }
}
