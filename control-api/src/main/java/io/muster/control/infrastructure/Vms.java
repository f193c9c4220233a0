package io.muster.control.infrastructure;

import io.muster.control.caller.Sight;
import io.muster.control.paging.PageQuery;
import io.muster.control.rows.RowReader;
import io.muster.control.rows.Rows;
import io.muster.control.rows.Sql;
import io.muster.control.server.KnownServer;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/** VMs as they are now. */
@Singleton
final class Vms {
  private static final RowReader<Long> COUNT = row -> row.counted("vms");

  private final Rows rows;

  Vms(Rows rows) {
    this.rows = rows;
  }

  /** By the names of server and VM; ids make the order whole, so that pages don't overlap. */
  VmPage page(Fleet fleet, VmFilter filter, PageQuery page) {
    Sql from = filter.narrow(now(fleet.sight()), fleet);
    long total = count(from);
    Sql sql =
        Sql.of("SELECT " + VmRow.COLUMNS)
            .then(from)
            .then(" ORDER BY v.server, v.vm, v.server_id, v.vm_id")
            .then(" LIMIT ?, ?", page.offset(), page.offset() + page.size());
    List<VmRow> found = total > page.offset() ? rows.read(sql, VmRow.NOW) : List.of();
    return VmPage.of(views(fleet, found), page, total, fleet.labels(), null);
  }

  /** The next {@code size} of a walk through all. */
  VmPage walk(Fleet fleet, VmFilter filter, VmCursor after, int size) {
    Sql from = filter.narrow(now(fleet.sight()), fleet);
    Sql sql =
        after
            .narrow(Sql.of("SELECT " + VmRow.COLUMNS).then(from))
            .then(" ORDER BY " + VmCursor.ORDER)
            // One more tells whether there is more.
            .then(" LIMIT ?", size + 1);
    List<VmView> found = views(fleet, rows.read(sql, VmRow.NOW));
    boolean more = found.size() > size;
    List<VmView> shown = more ? found.subList(0, size) : found;
    return VmPage.of(
        shown,
        new PageQuery(0, size),
        count(from),
        fleet.labels(),
        more ? VmCursor.after(shown.getLast()) : null);
  }

  private long count(Sql from) {
    return rows.first(Sql.of("SELECT count() AS vms").then(from), COUNT).orElse(0L);
  }

  private static List<VmView> views(Fleet fleet, List<VmRow> found) {
    Instant now = Instant.now();
    return found.stream().map(row -> view(fleet, row, now)).toList();
  }

  private static Sql now(Sight sight) {
    return Sql.of(" FROM vm_now v WHERE ").then(sight.vms("v"));
  }

  private static VmView view(Fleet fleet, VmRow row, Instant now) {
    // The condition lets nothing but servers of the fleet through.
    KnownServer server = Objects.requireNonNull(fleet.servers().get(row.server()));
    return VmView.of(row, server, fleet.caller().role(), now);
  }
}
