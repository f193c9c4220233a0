package io.muster.control.health;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Role;
import io.muster.control.openapi.Answers;
import io.muster.control.server.ConnectionStatus;
import io.muster.control.server.Inventory;
import io.muster.control.server.ServerView;
import io.muster.protocol.ProviderKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import java.util.List;

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
    List<ServerView> views = inventory.views(caller);
    return Arrays.stream(ProviderKind.values()).map(kind -> view(kind, views)).toList();
  }

  private static ProviderHealthView view(ProviderKind kind, List<ServerView> views) {
    List<ConnectionStatus> statuses =
        views.stream()
            .filter(view -> view.provider().equals(kind.label()))
            .map(ServerView::connectionStatus)
            .toList();
    return new ProviderHealthView(
        kind.label(),
        statuses.size(),
        count(statuses, ConnectionStatus.ONLINE),
        count(statuses, ConnectionStatus.OFFLINE),
        count(statuses, ConnectionStatus.CHECKING),
        count(statuses, ConnectionStatus.UNKNOWN));
  }

  private static long count(List<ConnectionStatus> statuses, ConnectionStatus status) {
    return statuses.stream().filter(status::equals).count();
  }
}
