package io.muster.control.audit;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Role;
import io.muster.control.caller.Sights;
import io.muster.control.openapi.Answers;
import io.muster.control.paging.Page;
import io.muster.control.paging.PageQuery;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who changed what. */
@Controller("/api/v1/audit")
@Tag(name = "audit")
final class AuditController {
  /** SQL has no empty list. */
  private static final List<String> NONE = List.of("");

  private final AuditRepository entries;
  private final Sights sights;

  AuditController(AuditRepository entries, Sights sights) {
    this.entries = entries;
    this.sights = sights;
  }

  @Get
  @Secured(Role.MAY_ADMINISTER)
  @Operation(
      summary = "List the changes of inventory and accounts, the newest first",
      description = "Who sees a part of the tenant is shown the changes of the servers in it.")
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
    PageQuery query = new PageQuery(page, size);
    AuditFilter filter = AuditFilter.read(who, verb, kind, subject, from, to);
    UUID tenant = caller.tenant();
    boolean whole = caller.scope().isAll();
    Collection<String> servers = whole ? NONE : servers(caller);
    long total =
        entries.count(
            tenant,
            filter.from(),
            filter.to(),
            filter.who(),
            filter.verb(),
            filter.kind(),
            filter.subject(),
            whole,
            servers);
    return Page.of(
            entries.find(
                tenant,
                filter.from(),
                filter.to(),
                filter.who(),
                filter.verb(),
                filter.kind(),
                filter.subject(),
                whole,
                servers,
                query.size(),
                query.offset()),
            query,
            total)
        .map(AuditView::of);
  }

  /** Those that are seen whole, and those that were granted by id and are gone. */
  private Collection<String> servers(Caller caller) {
    Set<UUID> seen = new HashSet<>(caller.scope().servers());
    seen.addAll(sights.of(caller).whole());
    return seen.isEmpty() ? NONE : seen.stream().map(UUID::toString).toList();
  }
}
