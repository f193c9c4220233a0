package io.muster.control.infrastructure;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Role;
import io.muster.control.openapi.Answers;
import io.muster.control.paging.PageQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Nodes of all servers, and how many there are of everything. */
@Controller("/api/v1")
@Tag(name = "infrastructure")
final class NodeController {
  private final Fleets fleets;
  private final Nodes nodes;
  private final Counting counting;

  NodeController(Fleets fleets, Nodes nodes, Counting counting) {
    this.fleets = fleets;
    this.nodes = nodes;
    this.counting = counting;
  }

  @Get("/nodes")
  @Secured(Role.MAY_VIEW)
  @Answers.Measured
  @Operation(
      summary =
          "Lists hypervisors and Kubernetes nodes by server and name; servers tells which servers"
              + " can't be read")
  NodePage list(
      @Parameter(hidden = true) Caller caller,
      @QueryValue(defaultValue = "0") int page,
      @QueryValue(defaultValue = PageQuery.DEFAULT_SIZE) int size,
      @Parameter(description = "Id or name") @Nullable @QueryValue String server,
      @Parameter(description = "online, offline, unknown, ready, not-ready, maintenance")
          @Nullable
          @QueryValue
          String status,
      @Parameter(description = "A part of the name") @Nullable @QueryValue String q) {
    return nodes.page(
        fleets.of(caller), new NodeFilter(server, status, q), new PageQuery(page, size));
  }

  @Get("/status")
  @Secured(Role.MAY_VIEW)
  @Answers.Reads
  @Operation(
      summary =
          "Counts servers, agents, nodes and VMs by how they are; nodes and VMs are null while"
              + " QuestDB can't be read")
  StatusView status(@Parameter(hidden = true) Caller caller) {
    return counting.of(fleets.of(caller));
  }
}
