package io.muster.control.infrastructure;

import io.muster.control.caller.Sight;
import io.muster.control.paging.PageQuery;
import io.muster.control.rows.RowReader;
import io.muster.control.rows.Rows;
import io.muster.control.rows.Sql;
import io.muster.control.server.KnownServer;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
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
    long total = rows.first(Sql.of("SELECT count() AS vms").then(from), COUNT).orElse(0L);
    Sql sql =
        Sql.of("SELECT " + VmRow.COLUMNS)
            .then(from)
            .then(" ORDER BY v.server, v.vm, v.server_id, v.vm_id")
            .then(" LIMIT ?, ?", page.offset(), page.offset() + page.size());
    Instant now = Instant.now();
    List<VmView> views = new ArrayList<>();
    for (VmRow row : total > page.offset() ? rows.read(sql, VmRow.NOW) : List.<VmRow>of()) {
      views.add(view(fleet, row, now));
    }
    return VmPage.of(views, page, total, fleet.labels());
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
