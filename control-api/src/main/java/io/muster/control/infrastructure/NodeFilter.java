package io.muster.control.infrastructure;

import io.muster.control.problem.Fields;
import io.muster.control.rows.Sql;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes a list shows; null = whatever.
 *
 * @param server id or name
 * @param q a part of the name, in any case
 */
record NodeFilter(@Nullable String server, @Nullable String status, @Nullable String q) {
  /** As in {@code node_states.status}, without what is gone. */
  private static final List<String> STATUSES =
      List.of("online", "offline", "unknown", "ready", "not-ready", "maintenance");

  NodeFilter {
    Fields fields = new Fields();
    VmFilter.check(fields, "status", status, STATUSES);
    fields.check();
  }

  /** Narrows a statement over {@code node_now n}. */
  Sql narrow(Sql sql, Fleet fleet) {
    Sql narrowed = sql;
    if (server != null) {
      narrowed = narrowed.then(" AND n.server_id = ?", fleet.find(server).id());
    }
    if (status != null) {
      narrowed = narrowed.then(" AND n.status = ?", status);
    }
    if (q != null) {
      narrowed = narrowed.then(" AND strpos(lower(n.node), ?) > 0", q.toLowerCase(Locale.ROOT));
    }
    return narrowed;
  }
}
