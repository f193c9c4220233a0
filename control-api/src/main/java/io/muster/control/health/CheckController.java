package io.muster.control.health;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.security.annotation.Secured;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Role;
import io.muster.control.health.Checks.Asked;
import io.muster.control.openapi.Answers;
import io.muster.control.problem.ProblemException;
import io.muster.control.server.ConnectionStatus;
import io.muster.control.server.EntryBody;
import io.muster.control.server.Inventory;
import io.muster.control.server.Inventory.Placed;
import io.muster.protocol.link.CheckAnswer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Connects to servers now, through their sites' agents. */
@Controller("/api/v1/servers")
@Tag(name = "servers")
final class CheckController {
  /** A person waits; a server that takes longer has failed for every practical purpose. */
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final Inventory inventory;
  private final Checks checks;

  CheckController(Inventory inventory, Checks checks) {
    this.inventory = inventory;
    this.checks = checks;
  }

  @Post("/test")
  @Secured(Role.MAY_ADMINISTER)
  @Consumes(MediaType.APPLICATION_JSON)
  @Answers.Changes
  @Operation(summary = "Connects to a server that is not in the inventory")
  @ApiResponse(responseCode = "400", description = "invalid: errors[] names the fields")
  @ApiResponse(responseCode = "503", description = "agent-not-connected")
  CheckView test(@Parameter(hidden = true) Caller caller, @Body byte[] body) {
    return check(inventory.draft(caller, EntryBody.parse(body)));
  }

  @Post("/{id}/test")
  @Secured(Role.MAY_OPERATE)
  @Answers.Changes
  @Operation(summary = "Connects to a server now")
  @ApiResponse(responseCode = "404", description = "not-found")
  @ApiResponse(responseCode = "503", description = "agent-not-connected")
  CheckView testKnown(@Parameter(hidden = true) Caller caller, @PathVariable String id) {
    return check(inventory.find(caller, id));
  }

  @Post("/health-check")
  @Secured(Role.MAY_OPERATE)
  @Answers.Changes
  @Operation(summary = "Connects to all enabled servers at once, with one deadline")
  List<HealthCheckView> testAll(@Parameter(hidden = true) Caller caller) {
    Map<Placed, Asked> asked = new LinkedHashMap<>();
    for (Placed placed : inventory.enabled(caller)) {
      asked.put(placed, new Asked(placed.site(), placed.server()));
    }
    List<HealthCheckView> views = new ArrayList<>();
    checks.all(asked, DEADLINE).forEach((placed, answer) -> views.add(view(placed, answer)));
    return views;
  }

  private HealthCheckView view(Placed placed, CheckAnswer answer) {
    ConnectionStatus status = ConnectionStatus.OFFLINE;
    if (answer.failure() == null) {
      status = ConnectionStatus.ONLINE;
    } else if (!checks.possible(placed.site())) {
      status = ConnectionStatus.UNKNOWN;
    }
    return new HealthCheckView(
        placed.server().entry().id().value(),
        placed.server().entry().name(),
        status,
        answer.responseTimeMs(),
        answer.error());
  }

  private CheckView check(Placed placed) {
    if (!checks.possible(placed.site())) {
      throw ProblemException.of(
          HttpStatus.SERVICE_UNAVAILABLE,
          "agent-not-connected",
          "The agent of site '" + placed.siteName() + "' is not connected, and nobody else asks.");
    }
    Map<Placed, Asked> asked = Map.of(placed, new Asked(placed.site(), placed.server()));
    return CheckView.of(checks.all(asked, DEADLINE).values().iterator().next());
  }
}
