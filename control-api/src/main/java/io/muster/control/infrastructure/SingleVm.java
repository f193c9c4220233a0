package io.muster.control.infrastructure;

import io.muster.control.caller.Sight;
import io.muster.control.caller.TenantServer;
import io.muster.control.problem.ProblemException;
import io.muster.control.rows.RowReader;
import io.muster.control.rows.Rows;
import io.muster.control.rows.Sql;
import io.muster.control.server.KnownServer;
import io.muster.control.vm.VmStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One VM, by its newest rows: {@code vm_now} would look at all of them to give one. What is now,
 * and what no more, is decided as that view does.
 */
@Singleton
final class SingleVm {
  /** Agents write a state that does not change once a minute. */
  private static final Duration HEARTBEAT = Duration.ofMinutes(1);

  /** A state that is older than so many heart-beats, or polls, is none of now. */
  private static final int MISSED = 3;

  private static final RowReader<VmSample> SAMPLE = VmSample::read;
  private static final RowReader<Reading> READING =
      row -> new Reading(row.text("state"), row.whole("interval_ms"));

  private final Rows rows;

  SingleVm(Rows rows) {
    this.rows = rows;
  }

  /**
   * Also when its server is not read any more: then it is as it was last seen, with status unknown.
   *
   * @param reference the server's id, or {@code name:} and its name
   * @throws ProblemException 404
   */
  VmView show(Fleet fleet, String reference, String vmId) {
    TenantServer server = fleet.sight().requireForVm(reference, vmId);
    Instant now = Instant.now();
    VmState state =
        lastState(server.id(), vmId)
            .filter(found -> isSeen(fleet.sight(), server.id(), found))
            .orElseThrow(() -> Sight.noVm(reference, vmId));
    if (!isOfNow(server.id(), state, now)) {
      state = state.lost();
    }
    VmRow row = new VmRow(server.id(), state, lastSample(server.id(), vmId));
    // Sight knows the servers of the fleet and no others.
    KnownServer known = Objects.requireNonNull(fleet.servers().get(server.id()));
    return VmView.of(row, known, fleet.caller().role(), now);
  }

  private static boolean isSeen(Sight sight, UUID server, VmState state) {
    List<String> tags = state.tags();
    return sight.seesVm(server, state.vmId(), state.group(), tags == null ? List.of() : tags);
  }

  private Optional<VmState> lastState(UUID server, String vmId) {
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
        .map(VmRow::state)
        .filter(state -> VmStatus.of(state.status()) != VmStatus.REMOVED);
  }

  /**
   * How a server is read.
   *
   * @param state as in {@code server_states.state}; null = not known
   * @param intervalMs between two polls; null = not known
   */
  private record Reading(@Nullable String state, @Nullable Long intervalMs) {
    boolean goesOn() {
      return state == null || state.equals("active") || state.equals("maintenance");
    }

    Duration patience() {
      Duration interval = Duration.ofMillis(intervalMs == null ? 0 : intervalMs);
      return (interval.compareTo(HEARTBEAT) > 0 ? interval : HEARTBEAT).multipliedBy(MISSED);
    }
  }

  private boolean isOfNow(UUID server, VmState state, Instant now) {
    Sql sql =
        Sql.of(
            "SELECT state, interval_ms FROM server_states"
                + " WHERE server_id = ? AND ts > dateadd('d', -1, now())"
                + " ORDER BY ts DESC LIMIT 1",
            server);
    Reading reading = rows.first(sql, READING).orElseGet(() -> new Reading(null, null));
    Instant seen = state.seenAt();
    return reading.goesOn() && seen != null && seen.isAfter(now.minus(reading.patience()));
  }

  /** Of the last day: a VM that is stopped has none of the last minutes. */
  private VmSample lastSample(UUID server, String vmId) {
    Sql sql =
        Sql.of(
            "SELECT "
                + VmSample.COLUMNS_OF_SAMPLES
                + " FROM vm_metrics"
                + " WHERE server_id = ? AND vm_id = ? AND ts > dateadd('d', -1, now())"
                + " ORDER BY ts DESC LIMIT 1",
            server,
            vmId);
    return rows.first(sql, SAMPLE).orElseGet(VmSample::none);
  }
}
