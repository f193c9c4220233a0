package io.muster.control.health;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Role;
import io.muster.control.openapi.Answers;
import io.muster.control.server.ConnectionStatus;
import io.muster.control.server.Inventory;
import io.muster.protocol.ProviderKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** How the servers of each platform do, as their agents told last. */
@Controller("/api/v1/health/providers")
@Tag(name = "health")
final class ProviderHealthController {
  private final Inventory inventory;

  ProviderHealthController(Inventory inventory) {
    this.inventory = inventory;
  }

  @Get
  @Secured(Role.MAY_VIEW)
  @Answers.Reads
  @Operation(summary = "Counts the servers of each platform by how they do")
  List<ProviderHealthView> list(@Parameter(hidden = true) Caller caller) {
    Map<String, Map<ConnectionStatus, Long>> tally = inventory.tally(caller);
    return Arrays.stream(ProviderKind.values())
        .map(kind -> view(kind.label(), tally.getOrDefault(kind.label(), Map.of())))
        .toList();
  }

  private static ProviderHealthView view(String provider, Map<ConnectionStatus, Long> counts) {
    return new ProviderHealthView(
        provider,
        counts.values().stream().mapToLong(Long::longValue).sum(),
        counts.getOrDefault(ConnectionStatus.ONLINE, 0L),
        counts.getOrDefault(ConnectionStatus.OFFLINE, 0L),
        counts.getOrDefault(ConnectionStatus.CHECKING, 0L),
        counts.getOrDefault(ConnectionStatus.UNKNOWN, 0L));
  }
}
