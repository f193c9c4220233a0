package io.muster.control.server;

import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.micronaut.transaction.TransactionOperations;
import io.muster.control.audit.Audit;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Role;
import io.muster.control.openapi.Answers;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.Connection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Polling goes on, nobody is alarmed, and it ends by itself. */
@Controller("/api/v1/servers/{id}/maintenance")
@Tag(name = "servers")
final class MaintenanceController {
  private final ServerRepository servers;
  private final VisibleServers visible;
  private final MaintenanceRepository maintenance;
  private final ServerViews views;
  private final Audit audit;
  private final Revisions revisions;
  private final TransactionOperations<Connection> transactions;

  MaintenanceController(
      ServerRepository servers,
      VisibleServers visible,
      MaintenanceRepository maintenance,
      ServerViews views,
      Audit audit,
      Revisions revisions,
      TransactionOperations<Connection> transactions) {
    this.servers = servers;
    this.visible = visible;
    this.maintenance = maintenance;
    this.views = views;
    this.audit = audit;
    this.revisions = revisions;
    this.transactions = transactions;
  }

  @Put
  @Secured(Role.MAY_OPERATE)
  @Answers.Changes
  @Operation(summary = "Puts a server, or one node of it, into maintenance")
  @ApiResponse(responseCode = "400", description = "invalid")
  @ApiResponse(responseCode = "404", description = "not-found")
  ServerView set(
      @Parameter(hidden = true) Caller caller,
      @PathVariable String id,
      @Body MaintenanceRequest request) {
    Instant now = Instant.now();
    Instant until = request.soundUntil(now).truncatedTo(ChronoUnit.MICROS);
    String node = request.node() == null ? "" : request.node();
    ServerRow row =
        transactions.executeWrite(status -> {
          servers.lockTenant(caller.tenant());
          ServerRow server = visible.find(caller, id);
          maintenance.deleteEnded(now);
          maintenance.delete(server.id(), node);
          maintenance.insert(server.id(), node, until, request.soundReason(), caller.who());
          String what = node.isEmpty() ? "until " + until : "node " + node + " until " + until;
          audit.record(caller, "maintenance", InventoryWriter.subject(server), what);
          return server;
        });
    revisions.changed(Set.of(row.siteId()));
    return views.one(caller, row);
  }

  @Delete
  @Secured(Role.MAY_OPERATE)
  @Answers.Changes
  @Operation(summary = "Ends a server's maintenance, or that of one node")
  @ApiResponse(responseCode = "404", description = "not-found")
  ServerView end(
      @Parameter(hidden = true) Caller caller,
      @PathVariable String id,
      @Nullable @QueryValue String node) {
    ServerRow row =
        transactions.executeWrite(status -> {
          ServerRow server = visible.find(caller, id);
          long ended =
              node == null
                  ? maintenance.deleteAll(server.id())
                  : maintenance.delete(server.id(), node);
          if (ended > 0) {
            audit.record(
                caller,
                "maintenance-end",
                InventoryWriter.subject(server),
                node == null ? "" : "node " + node);
          }
          return server;
        });
    revisions.changed(Set.of(row.siteId()));
    return views.one(caller, row);
  }
}
