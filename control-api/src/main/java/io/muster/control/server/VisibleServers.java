package io.muster.control.server;

import io.muster.control.caller.Caller;
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

  /** In the order of their names. */
  List<ServerRow> of(Caller caller) {
    return servers.findByTenantId(caller.tenant()).stream()
        .filter(row -> sees(caller, row))
        .sorted(
            Comparator.comparing(ServerRow::name, String.CASE_INSENSITIVE_ORDER)
                .thenComparing(ServerRow::name))
        .toList();
  }

  /**
   * One of them.
   *
   * @param reference its UUID, or {@code name:} and its name
   * @throws ProblemException 404, also for what another tenant has
   */
  ServerRow find(Caller caller, String reference) {
    return lookUp(caller, reference)
        .filter(row -> row.tenantId().equals(caller.tenant()) && sees(caller, row))
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

  private static boolean sees(Caller caller, ServerRow row) {
    return caller.scope().grants(row.id(), ServerCodec.tags(row));
  }
}
