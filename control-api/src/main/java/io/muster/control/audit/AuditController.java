package io.muster.control.audit;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Role;
import io.muster.control.openapi.Answers;
import io.muster.control.paging.Page;
import io.muster.control.paging.PageQuery;
import io.muster.control.problem.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who changed what. */
@Controller("/api/v1/audit")
@Tag(name = "audit")
final class AuditController {
  private final AuditRepository entries;

  AuditController(AuditRepository entries) {
    this.entries = entries;
  }

  @Get
  @Secured(Role.MAY_ADMINISTER)
  @Operation(summary = "List the changes of inventory and accounts, the newest first")
  @Answers.Reads
  Page<AuditView> list(
      @Parameter(hidden = true) Caller caller,
      @QueryValue(defaultValue = "0") int page,
      @QueryValue(defaultValue = PageQuery.DEFAULT_SIZE) int size,
      @Parameter(description = "Made by", example = "admin") @Nullable @QueryValue String who,
      @Parameter(example = "delete") @Nullable @QueryValue String verb,
      @Parameter(description = "Kind of what was changed", example = "server") @Nullable @QueryValue
          String kind,
      @Parameter(description = "Id or name of what was changed", example = "pve-1")
          @Nullable
          @QueryValue
          String subject,
      @Parameter(description = "Not before", example = "2026-11-21T00:00:00Z") @Nullable @QueryValue
          String from,
      @Parameter(description = "Before", example = "2026-11-22T00:00:00Z") @Nullable @QueryValue
          String to) {
    if (!caller.scope().isAll()) {
      throw ProblemException.forbidden("The audit is read by those who see the whole tenant.");
    }
    PageQuery query = new PageQuery(page, size);
    AuditFilter filter = AuditFilter.read(who, verb, kind, subject, from, to);
    UUID tenant = caller.tenant();
    long total =
        entries.count(
            tenant,
            filter.from(),
            filter.to(),
            filter.who(),
            filter.verb(),
            filter.kind(),
            filter.subject());
    return Page.of(
            entries.find(
                tenant,
                filter.from(),
                filter.to(),
                filter.who(),
                filter.verb(),
                filter.kind(),
                filter.subject(),
                query.size(),
                query.offset()),
            query,
            total)
        .map(AuditView::of);
  }
}
