package io.muster.control.history;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Condition;
import io.muster.control.caller.Role;
import io.muster.control.caller.Sight;
import io.muster.control.caller.Sights;
import io.muster.control.caller.TenantServer;
import io.muster.control.openapi.Answers;
import io.muster.control.paging.Page;
import io.muster.control.paging.PageQuery;
import io.muster.control.problem.Fields;
import io.muster.control.rows.Sql;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Numbers of servers, nodes, VMs and storages: now, and over time. */
@Controller("/api/v1/metrics")
@Tag(name = "history")
final class MetricsController {
  private static final String SEVERAL = "Several: repeated, or with commas";

  private final Sights sights;
  private final SeenVms seenVms;
  private final CurrentMetrics current;
  private final MetricHistory history;

  MetricsController(Sights sights, SeenVms seenVms, CurrentMetrics current, MetricHistory history) {
    this.sights = sights;
    this.seenVms = seenVms;
    this.current = current;
    this.history = history;
  }

  @Get("/current")
  @Secured(Role.MAY_VIEW)
  @Answers.Measured
  @Operation(summary = "Lists the newest numbers, each with its age")
  Page<CurrentView> current(
      @Parameter(hidden = true) Caller caller,
      @QueryValue(defaultValue = "0") int page,
      @QueryValue(defaultValue = PageQuery.DEFAULT_SIZE) int size,
      @Parameter(
              description =
                  "`server`, `cluster`, `node`, `vm`, `storage` or `quota`; without it, of what is"
                      + " named, else of servers",
              example = "node")
          @Nullable
          @QueryValue
          String kind,
      @Parameter(description = SEVERAL) @Nullable @QueryValue List<String> server,
      @Parameter(description = SEVERAL) @Nullable @QueryValue List<String> node,
      @Parameter(description = SEVERAL) @Nullable @QueryValue List<String> vm,
      @Parameter(description = SEVERAL) @Nullable @QueryValue List<String> storage,
      @Parameter(description = "Columns of the table; without it, all. " + SEVERAL)
          @Nullable
          @QueryValue
          List<String> metric) {
    PageQuery paging = new PageQuery(page, size);
    Fields fields = new Fields();
    Names names = Names.read(node, vm, storage, fields);
    List<String> metrics = Names.list("metric", metric, Names.MAX_NAMES, fields);
    List<String> references = Names.list("server", server, Names.MAX_NAMES, fields);
    CurrentQuery query = CurrentQuery.read(kind, names, metrics, fields);
    fields.check();
    Sql seen = seen(sights.of(caller), query.table(), references, names);
    return current.page(query, seen, paging, Instant.now());
  }

  private static Sql seen(Sight sight, MetricTable table, List<String> references, Names names) {
    Condition condition = table == MetricTable.VM ? sight.vms("s") : sight.wholeServers("s");
    Sql seen = Sql.of("").then(condition);
    if (references.isEmpty()) {
      return seen;
    }
    List<UUID> ids =
        servers(sight, references, table == MetricTable.VM, names).stream()
            .map(TenantServer::id)
            .toList();
    return seen.then(" AND s.server_id IN ").then(Sql.list(ids));
  }

  @Get("/history")
  @Secured(Role.MAY_VIEW)
  @Answers.Measured
  @Operation(summary = "Tells numbers over time, null where nothing was measured")
  MetricHistoryView history(
      @Parameter(hidden = true) Caller caller,
      @Parameter(description = SEVERAL, required = true) @Nullable @QueryValue List<String> server,
      @Parameter(description = SEVERAL) @Nullable @QueryValue List<String> node,
      @Parameter(description = SEVERAL) @Nullable @QueryValue List<String> vm,
      @Parameter(description = SEVERAL) @Nullable @QueryValue List<String> storage,
      @Parameter(
              description =
                  "A column of the tables; of one that several have, the table's name and a dot"
                      + " before it may say which is meant. "
                      + SEVERAL,
              required = true)
          @Nullable
          @QueryValue
          List<String> metric,
      @Parameter(description = "Without it, a day before `to`", example = "2026-11-21T00:00:00Z")
          @Nullable
          @QueryValue
          String from,
      @Parameter(description = "Without it, now", example = "2026-11-22T00:00:00Z")
          @Nullable
          @QueryValue
          String to,
      @Parameter(
              description = "Seconds, or such as `30s`, `5m`, `1h`; without it, at most 500 points",
              example = "5m")
          @Nullable
          @QueryValue
          String step) {
    Instant now = Instant.now();
    Fields fields = new Fields();
    Names names = Names.read(node, vm, storage, fields);
    List<String> references = Names.list("server", server, Names.MAX_NAMES, fields);
    if (references.isEmpty()) {
      fields.wrong("server", "is missing");
    }
    Map<MetricTable, Set<Metric>> chosen =
        MetricChoice.of(Names.list("metric", metric, Names.MAX_NAMES, fields), names, fields);
    Period period = Period.read(from, to, step, now, fields);
    fields.check();
    Sight sight = sights.of(caller);
    boolean ofVmsOnly = chosen.keySet().equals(Set.of(MetricTable.VM));
    List<TenantServer> servers = servers(sight, references, ofVmsOnly, names);
    Map<UUID, List<String>> vms =
        chosen.containsKey(MetricTable.VM) ? seenVms.of(sight, servers, names.vms()) : Map.of();
    return history.read(new MetricQuery(servers, names, vms, chosen, period), now);
  }

  /** What is of VMs alone is also for those who see single VMs of a server. */
  private static List<TenantServer> servers(
      Sight sight, List<String> references, boolean ofVmsOnly, Names names) {
    String vm = names.vms().isEmpty() ? "" : names.vms().getFirst();
    return references.stream()
        .map(reference -> ofVmsOnly ? sight.requireForVm(reference, vm) : sight.require(reference))
        .distinct()
        .toList();
  }
}
