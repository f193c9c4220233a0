package io.muster.control.infrastructure;

import io.muster.control.caller.Caller;
import io.muster.control.caller.Sight;
import io.muster.control.caller.Sight.Extent;
import io.muster.control.caller.TenantServer;
import io.muster.control.problem.ProblemException;
import io.muster.control.server.KnownServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A tenant's servers with what one caller sees of them. */
record Fleet(Caller caller, Sight sight, Map<UUID, KnownServer> servers) {
  private static final String BY_NAME = "name:";

  static Fleet of(Caller caller, List<KnownServer> servers) {
    Map<UUID, KnownServer> byId = new LinkedHashMap<>();
    servers.forEach(server -> byId.put(server.id(), server));
    return new Fleet(
        caller,
        new Sight(
            caller.scope(),
            servers.stream()
                .map(server ->
                    new TenantServer(server.id(), server.name(), server.siteId(), server.tags()))
                .toList()),
        byId);
  }

  /** Those that are seen, if only by name and status; by name. */
  List<KnownServer> seen() {
    return servers.values().stream().filter(server -> sight.sees(server.id())).toList();
  }

  /** Why a server is not read, in words that its caller may have. */
  List<ServerLabel> labels() {
    return seen().stream().map(this::label).toList();
  }

  private ServerLabel label(KnownServer server) {
    String error = server.error();
    if (error != null && sight.of(server.id()) != Extent.WHOLE) {
      error = "It can't be read now.";
    }
    return new ServerLabel(
        server.id(), server.name(), server.provider(), server.connectionStatus(), error);
  }

  /**
   * A server of a filter: its id, its name, or {@code name:} and its name.
   *
   * @throws ProblemException 404 when it is none that could have anything the caller sees
   */
  KnownServer find(String reference) {
    String name = reference.startsWith(BY_NAME) ? reference.substring(BY_NAME.length()) : reference;
    return servers.values().stream()
        .filter(server -> server.name().equals(name) || server.id().toString().equals(reference))
        .filter(server -> sight.sees(server.id()))
        .findFirst()
        .orElseThrow(() -> ProblemException.notFound("server", reference));
  }
}
