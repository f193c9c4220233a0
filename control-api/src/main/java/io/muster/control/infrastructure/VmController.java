package io.muster.control.infrastructure;

import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
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

/** VMs of all servers. */
@Controller("/api/v1")
@Tag(name = "infrastructure")
final class VmController {
  private final Fleets fleets;
  private final Vms vms;
  private final SingleVm single;

  VmController(Fleets fleets, Vms vms, SingleVm single) {
    this.fleets = fleets;
    this.vms = vms;
    this.single = single;
  }

  @Get("/vms")
  @Secured(Role.MAY_VIEW)
  @Answers.Measured
  @Operation(
      summary =
          "Lists VMs, containers, pods, deployments and instances by server and name; servers"
              + " tells which servers can't be read",
      description =
          "Pages are counted anew each time: what comes or goes between two of them moves the"
              + " rest. To read everything, ask with `after=start` and go on with the answer's"
              + " `next` until it is null: that walk goes by the ids of servers and VMs, and of"
              + " what is there all the time misses nothing and shows nothing twice.")
  VmPage list(
      @Parameter(hidden = true) Caller caller,
      @QueryValue(defaultValue = "0") int page,
      @QueryValue(defaultValue = PageQuery.DEFAULT_SIZE) int size,
      @Parameter(description = "Id or name") @Nullable @QueryValue String server,
      @Nullable @QueryValue String node,
      @Parameter(description = "qemu, lxc, pod, deployment, instance") @Nullable @QueryValue
          String type,
      @Parameter(
              description =
                  "running, stopped, paused, suspended, pending, failed, succeeded, unknown")
          @Nullable
          @QueryValue
          String status,
      @Parameter(description = "Pool, namespace or project") @Nullable @QueryValue String group,
      @Parameter(description = "One of the VM's own") @Nullable @QueryValue String tag,
      @Parameter(description = "A part of the name or the id") @Nullable @QueryValue String q,
      @Parameter(
              description = "`start`, or `next` of the answer before; instead of page",
              example = "start")
          @Nullable
          @QueryValue
          String after) {
    VmFilter filter = new VmFilter(server, node, type, status, group, tag, q);
    PageQuery asked = new PageQuery(page, size);
    return after == null
        ? vms.page(fleets.of(caller), filter, asked)
        : vms.walk(fleets.of(caller), filter, VmCursor.read(after), asked.size());
  }

  @Get("/servers/{id}/vms/{vmId}")
  @Secured(Role.MAY_VIEW)
  @Answers.Measured
  @Operation(
      summary =
          "Shows a VM with its last sample; status unknown when its server is not read any more")
  VmView show(
      @Parameter(hidden = true) Caller caller,
      @PathVariable String id,
      @Parameter(example = "qemu:101") @PathVariable String vmId) {
    return single.show(fleets.of(caller), id, vmId);
  }
}
