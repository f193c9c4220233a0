package io.muster.control.alert;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Put;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.Status;
import io.micronaut.security.annotation.Secured;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Role;
import io.muster.control.openapi.Answers;
import io.muster.control.paging.Page;
import io.muster.control.paging.PageQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What alert rules compare with. */
@Controller("/api/v1/alerts/thresholds")
@Tag(name = "alerts")
final class LimitController {
  private final Limits limits;

  LimitController(Limits limits) {
    this.limits = limits;
  }

  @Get
  @Secured(Role.MAY_VIEW)
  @Operation(
      summary = "List the limits of alert rules: each rule's own, and those of servers and tags",
      description = "Those of tags alone are shown to the installation's own tenant.")
  @Answers.Reads
  @ApiResponse(responseCode = "503", description = "history-unavailable")
  Page<LimitView> list(
      @Parameter(hidden = true) Caller caller,
      @QueryValue(defaultValue = "0") int page,
      @QueryValue(defaultValue = PageQuery.DEFAULT_SIZE) int size,
      @Parameter(example = "node-cpu") @Nullable @QueryValue String rule,
      @Parameter(description = "UUID, or `name:` and the name", example = "name:pve-1")
          @Nullable
          @QueryValue
          String server) {
    PageQuery query = new PageQuery(page, size);
    return Page.cut(limits.list(caller, rule, server), query);
  }

  @Put("/{rule}")
  @Secured(Role.MAY_ADMINISTER)
  @Operation(
      summary = "Set the limit of an alert rule: for a server, a tag, both, or the rule's own",
      description =
          "Without a server it counts for every tenant, and is for admins of the installation.")
  @Answers.Reads
  @ApiResponse(responseCode = "503", description = "history-unavailable")
  LimitView set(
      @Parameter(hidden = true) Caller caller,
      @Parameter(example = "node-cpu") @PathVariable String rule,
      @Parameter(description = "UUID, or `name:` and the name", example = "name:pve-1")
          @Nullable
          @QueryValue
          String server,
      @Parameter(example = "build-machine") @Nullable @QueryValue String tag,
      @Body LimitRequest request) {
    return limits.set(caller, rule, server, tag, request);
  }

  @Delete("/{rule}")
  @Status(HttpStatus.NO_CONTENT)
  @Secured(Role.MAY_ADMINISTER)
  @Operation(
      summary = "Take back a limit, so that the more general one counts",
      description = "The rule's own becomes what Muster brings. 204 also where none was set.")
  @Answers.Reads
  @ApiResponse(responseCode = "503", description = "history-unavailable")
  void unset(
      @Parameter(hidden = true) Caller caller,
      @Parameter(example = "node-cpu") @PathVariable String rule,
      @Parameter(description = "UUID, or `name:` and the name", example = "name:pve-1")
          @Nullable
          @QueryValue
          String server,
      @Parameter(example = "build-machine") @Nullable @QueryValue String tag) {
    limits.unset(caller, rule, server, tag);
  }
}
