package io.muster.control.infrastructure;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.security.annotation.Secured;
import io.muster.control.caller.Caller;
import io.muster.control.caller.Role;
import io.muster.control.openapi.Answers;
import io.muster.control.paging.Page;
import io.muster.control.paging.PageQuery;
import io.muster.control.problem.Fields;
import io.muster.control.problem.ProblemException;
import io.muster.protocol.ProviderKind;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Clusters of every platform in one shape. */
@Controller("/api/v1/infrastructure")
@Tag(name = "infrastructure")
final class InfrastructureController {
  private final Fleets fleets;
  private final Clusters clusters;
  private final Nodes nodes;
  private final Vms vms;

  InfrastructureController(Fleets fleets, Clusters clusters, Nodes nodes, Vms vms) {
    this.fleets = fleets;
    this.clusters = clusters;
    this.nodes = nodes;
    this.vms = vms;
  }

  @Get
  @Secured(Role.MAY_VIEW)
  @Answers.Measured
  @Operation(summary = "Lists each server as a cluster, those that fail with their error")
  Page<ClusterView> list(
      @Parameter(hidden = true) Caller caller,
      @QueryValue(defaultValue = "0") int page,
      @QueryValue(defaultValue = PageQuery.DEFAULT_SIZE) int size,
      @Parameter(description = "proxmox, kubernetes, openstack") @Nullable @QueryValue
          String provider) {
    PageQuery query = new PageQuery(page, size);
    Fields fields = new Fields();
    VmFilter.check(
        fields,
        "provider",
        provider,
        Arrays.stream(ProviderKind.values()).map(ProviderKind::label).toList());
    fields.check();
    return Page.cut(clusters.of(fleets.of(caller), provider), query);
  }

  @Get("/clusters/{name}")
  @Secured(Role.MAY_VIEW)
  @Answers.Measured
  @Operation(summary = "Shows a cluster, by its name or its server's, with nodes and storages")
  @ApiResponse(responseCode = "409", description = "ambiguous: several have that name; add server")
  ClusterDetail cluster(
      @Parameter(hidden = true) Caller caller,
      @PathVariable String name,
      @Parameter(description = "Id or name") @Nullable @QueryValue String server) {
    Fleet fleet = fleets.of(caller);
    ClusterView cluster = clusters.one(fleet, name, server);
    return new ClusterDetail(
        cluster, nodes.of(fleet, cluster.serverId()), clusters.storages(cluster));
  }

  @Get("/clusters/{name}/nodes/{node}")
  @Secured(Role.MAY_VIEW)
  @Answers.Measured
  @Operation(summary = "Shows a node")
  @ApiResponse(responseCode = "409", description = "ambiguous: several have that name; add server")
  NodeView node(
      @Parameter(hidden = true) Caller caller,
      @PathVariable String name,
      @PathVariable String node,
      @Parameter(description = "Id or name") @Nullable @QueryValue String server) {
    Fleet fleet = fleets.of(caller);
    return node(fleet, clusters.one(fleet, name, server), node);
  }

  @Get("/clusters/{name}/nodes/{node}/workloads")
  @Secured(Role.MAY_VIEW)
  @Answers.Measured
  @Operation(summary = "Lists what runs on a node, as the list of VMs does")
  @ApiResponse(responseCode = "409", description = "ambiguous: several have that name; add server")
  VmPage workloads(
      @Parameter(hidden = true) Caller caller,
      @PathVariable String name,
      @PathVariable String node,
      @Parameter(description = "Id or name") @Nullable @QueryValue String server,
      @QueryValue(defaultValue = "0") int page,
      @QueryValue(defaultValue = PageQuery.DEFAULT_SIZE) int size) {
    PageQuery query = new PageQuery(page, size);
    Fleet fleet = fleets.of(caller);
    NodeView found = node(fleet, clusters.one(fleet, name, server), node);
    return vms.page(fleet, VmFilter.onNode(found.serverId().toString(), node), query);
  }

  private NodeView node(Fleet fleet, ClusterView cluster, String node) {
    return nodes
        .one(fleet, cluster.serverId(), node)
        .orElseThrow(() -> ProblemException.notFound("node", node));
  }
}
