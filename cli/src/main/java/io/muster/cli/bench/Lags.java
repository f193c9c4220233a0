package io.muster.cli.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How old a node's newest value is when a query first sees it: from the platform's own time of
 * measurement to its being queryable, as coarse as the looks.
 */
final class Lags {
  static final Duration LOOK = Duration.ofMillis(200);

  /** Rows of pressure and ARC have the time of an average, a minute or two back. */
  private static final String NEWEST =
      "SELECT server_id, node, max(ts) FROM node_metrics"
          + " WHERE cpu_usage_ratio IS NOT NULL AND ts > dateadd('m', -2, now()) GROUP BY server_id, node";

  private final Site site;
  private final Map<String, Instant> newest = new HashMap<>();
  private final List<Duration> lags = new ArrayList<>();

  Lags(Site site) {
    this.site = site;
  }

  /** What was there before is no news. */
  void begin() throws IOException {
    look();
    lags.clear();
  }

  void look() throws IOException {
    var rows = site.rows(NEWEST);
    var now = Instant.now();
    for (var row : rows) {
      var ts = Instant.parse(row.path(2).asText());
      var before = newest.put(row.path(0).asText() + "/" + row.path(1).asText(), ts);
      if (before == null || ts.isAfter(before)) {
        lags.add(Duration.between(ts, now));
      }
    }
  }

  /** The lag that this share of all values keeps to; zero when none was seen. */
  Duration percentile(double share) {
    var sorted = lags.stream().sorted().toList();
    return sorted.isEmpty()
        ? Duration.ZERO
        : sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size())));
  }

  int count() {
    return lags.size();
  }
}
