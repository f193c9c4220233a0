package io.muster.control.infrastructure;

import io.muster.control.caller.Sight;
import io.muster.control.caller.TenantServer;
import io.muster.control.paging.PageQuery;
import io.muster.control.problem.ProblemException;
import io.muster.control.rows.RowReader;
import io.muster.control.rows.Rows;
import io.muster.control.rows.Sql;
import io.muster.control.server.KnownServer;
import io.muster.control.vm.VmStatus;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** VMs as they are now. */
@Singleton
final class Vms {
  private static final RowReader<Long> COUNT = row -> row.counted("vms");
  private static final RowReader<VmSample> SAMPLE = VmSample::read;

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

  /**
   * One of them, also when its server is not read any more: then it is as it was last seen, with
   * status unknown.
   *
   * @param reference the server's id, or {@code name:} and its name
   * @throws ProblemException 404
   */
  VmView one(Fleet fleet, String reference, String vmId) {
    TenantServer server = fleet.sight().requireForVm(reference, vmId);
    VmRow row =
        now(server.id(), vmId)
            .or(() -> last(server.id(), vmId))
            .filter(found -> isSeen(fleet.sight(), found))
            .orElseThrow(() -> Sight.noVm(reference, vmId));
    if (row.sample().sampleAt() == null) {
      row = new VmRow(row.server(), row.state(), lastSample(row));
    }
    return view(fleet, row, Instant.now());
  }

  private static boolean isSeen(Sight sight, VmRow row) {
    List<String> tags = row.state().tags();
    return sight.seesVm(
        row.server(), row.state().vmId(), row.state().group(), tags == null ? List.of() : tags);
  }

  private Optional<VmRow> now(UUID server, String vmId) {
    return rows.first(
        Sql.of(
            "SELECT " + VmRow.COLUMNS + " FROM vm_now v WHERE v.server_id = ? AND v.vm_id = ?",
            server,
            vmId),
        VmRow.NOW);
  }

  private Optional<VmRow> last(UUID server, String vmId) {
    Sql sql =
        Sql.of(
            "SELECT "
                + VmState.COLUMNS
                + " FROM vm_states v"
                + " WHERE v.server_id = ? AND v.vm_id = ? AND v.ts > dateadd('d', -1, now())"
                + " ORDER BY v.ts DESC LIMIT 1",
            server,
            vmId);
    return rows.first(sql, VmRow.STATE)
        .filter(row -> VmStatus.of(row.state().status()) != VmStatus.REMOVED)
        .map(row -> new VmRow(row.server(), row.state().lost(), row.sample()));
  }

  /** Of the last day: a VM that is stopped has none of the last minutes. */
  private VmSample lastSample(VmRow row) {
    Sql sql =
        Sql.of(
            "SELECT "
                + VmSample.COLUMNS_OF_SAMPLES
                + " FROM vm_metrics"
                + " WHERE server_id = ? AND vm_id = ? AND ts > dateadd('d', -1, now())"
                + " ORDER BY ts DESC LIMIT 1",
            row.server(),
            row.state().vmId());
    return rows.first(sql, SAMPLE).orElseGet(VmSample::none);
  }
}
