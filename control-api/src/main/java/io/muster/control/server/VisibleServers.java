package io.muster.control.server;

import io.muster.control.caller.Caller;
import io.muster.control.caller.Sight;
import io.muster.control.caller.Sight.Extent;
import io.muster.control.problem.ProblemException;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The servers that a caller may know of: the tenant's, within the caller's scope. */
@Singleton
final class VisibleServers {
  private static final String BY_NAME = "name:";

  private final ServerRepository servers;

  VisibleServers(ServerRepository servers) {
    this.servers = servers;
  }

  /** A server and how much of it the caller sees. */
  record Seen(ServerRow row, Extent extent) {}

  /** Those that are seen whole, in the order of their names. */
  List<ServerRow> whole(Caller caller) {
    List<ServerRow> rows = servers.findByTenantId(caller.tenant());
    Sight sight = new Sight(caller.scope(), rows.stream().map(ServerCodec::known).toList());
    return rows.stream()
        .filter(row -> sight.seesWhole(row.id()))
        .sorted(
            Comparator.comparing(ServerRow::name, String.CASE_INSENSITIVE_ORDER)
                .thenComparing(ServerRow::name))
        .toList();
  }

  /**
   * One that is seen whole.
   *
   * @param reference its UUID, or {@code name:} and its name
   * @throws ProblemException 404, also for what another tenant has; 403 for one that is seen by
   *     name and status
   */
  ServerRow find(Caller caller, String reference) {
    Seen seen = look(caller, reference);
    if (seen.extent() != Extent.WHOLE) {
      throw Sight.notWhole(seen.row().name());
    }
    return seen.row();
  }

  /**
   * One, if only by name and status.
   *
   * @throws ProblemException 404
   */
  Seen look(Caller caller, String reference) {
    return lookUp(caller, reference)
        .filter(row -> row.tenantId().equals(caller.tenant()))
        .map(row -> new Seen(row, extent(caller, row)))
        .filter(seen -> seen.extent() != Extent.NONE)
        .orElseThrow(() -> ProblemException.notFound("server", reference));
  }

  private Optional<ServerRow> lookUp(Caller caller, String reference) {
    if (reference.startsWith(BY_NAME)) {
      return servers.findByTenantIdAndName(caller.tenant(), reference.substring(BY_NAME.length()));
    }
    try {
      return servers.findById(UUID.fromString(reference));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Extent extent(Caller caller, ServerRow row) {
    return new Sight(caller.scope(), List.of(ServerCodec.known(row))).of(row.id());
  }
}
