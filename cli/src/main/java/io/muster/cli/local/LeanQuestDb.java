package io.muster.cli.local;

import java.util.HashMap;
import java.util.Map;

/** QuestDB's settings for a small machine, as environment variables. */
final class LeanQuestDb {
  /** Under 200 MB resident when idle instead of 340, and nothing listens that nobody uses. */
  static final Map<String, String> ENVIRONMENT = environment();

  /** What no machine wants: ports and logs that nobody reads. */
  static final Map<String, String> QUIET = quiet();

  private LeanQuestDb() {}

  private static Map<String, String> quiet() {
    var settings = new HashMap<String, String>();
    for (var unused : new String[] {"HTTP_MIN", "LINE_TCP", "LINE_UDP"}) {
      settings.put("QDB_" + unused + "_ENABLED", "false");
    }
    settings.put("QDB_TELEMETRY_DISABLE_COMPLETELY", "true");
    // At INFO it logs every statement: a log that grows with every poll and every dashboard.
    settings.put("QDB_LOG_W_STDOUT_LEVEL", "ERROR,CRITICAL,ADVISORY");
    return Map.copyOf(settings);
  }

  private static Map<String, String> environment() {
    var settings = new HashMap<>(quiet());
    for (var pool :
        new String[] {
          "SHARED",
          "SHARED_QUERY",
          "SHARED_WRITE",
          "WAL_APPLY",
          "MAT_VIEW_REFRESH",
          "EXPORT",
          "VIEW_COMPILER"
        }) {
      settings.put("QDB_" + pool + "_WORKER_COUNT", "1");
    }
    // One for a long query, one for the rows that must not wait behind it.
    settings.put("QDB_SHARED_NETWORK_WORKER_COUNT", "2");
    settings.put("QDB_CAIRO_MODEL_POOL_CAPACITY", "32");
    for (var pool : new String[] {"COLUMN", "EXPRESSION", "LEXER"}) {
      settings.put("QDB_CAIRO_" + pool + "_POOL_CAPACITY", "256");
    }
    // Every column of every partition, and every symbol, has a file of at least a page: with the 16
    // MB that it takes by itself, a minute of the demo is 6 GB of disk.
    settings.put("QDB_CAIRO_WRITER_DATA_APPEND_PAGE_SIZE", "512K");
    settings.put("QDB_CAIRO_WRITER_DATA_INDEX_VALUE_APPEND_PAGE_SIZE", "512K");
    settings.put("QDB_CAIRO_O3_COLUMN_MEMORY_SIZE", "512K");
    // A dashboard's texts are new at each refresh, so kept plans are never met again: of 94 MB that
    // are live after 3,000 queries of dashboards 27 were such plans. HTTP, where it was not
    // measured, likewise.
    settings.put("QDB_PG_SELECT_CACHE_ENABLED", "false");
    settings.put("QDB_HTTP_QUERY_CACHE_ENABLED", "false");
    // With 1,024, its default, each max() of a plan takes 72 kB: another 4 to 10 of those MB.
    settings.put("QDB_CAIRO_SQL_GROUPBY_POOL_CAPACITY", "16");
    return Map.copyOf(settings);
  }
}
