package io.muster.simulator.openstack.compute;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.api.Paging;
import io.muster.simulator.openstack.api.Reply;
import io.muster.simulator.openstack.api.Route;
import io.muster.simulator.openstack.model.Host;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.Refusal;
import io.muster.simulator.openstack.world.Cloud;
import io.muster.simulator.openstack.world.Compute;
import io.muster.simulator.openstack.world.HostLoad;
import io.muster.simulator.openstack.world.HostUsage;
import io.muster.simulator.openstack.world.OpenStackWorld;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hosts with what they have; from 2.88 on without numbers, and each that is up is asked by RPC. */
final class Hypervisors {
  private static final String POLICY = "os_compute_api:os-hypervisors:";
  private static final String PATH = "/v2.1/os-hypervisors";
  private static final int MOST = 1000;

  private final OpenStackWorld world;
  private final Cloud cloud;

  Hypervisors(OpenStackWorld world) {
    this.world = world;
    this.cloud = world.cloud();
  }

  List<Route> routes() {
    return List.of(
        Route.admin("GET", PATH, POLICY + "list", call -> list(call, false)),
        Route.admin("GET", PATH + "/detail", POLICY + "list-detail", call -> list(call, true)),
        Route.admin("GET", PATH + "/statistics", POLICY + "statistics", this::statistics).until(87),
        Route.admin("GET", PATH + "/{hypervisor}", POLICY + "show", this::show),
        Route.admin("GET", PATH + "/{hypervisor}/uptime", POLICY + "uptime", this::uptime)
            .until(87),
        Route.admin("GET", PATH + "/{pattern}/search", POLICY + "search", this::search).until(52),
        Route.admin("GET", PATH + "/{pattern}/servers", POLICY + "servers", this::servers)
            .until(52));
  }

  private Reply list(Call call, boolean detailed) throws InterruptedException {
    String pattern = call.query("hypervisor_hostname_pattern");
    List<Compute> all = pattern == null ? cloud.computes() : matching(pattern);
    boolean pages = call.microversion() >= 33;
    Paging<Compute> page =
        pages
            ? Paging.of(call, all, compute -> id(call, compute.host()), MOST)
            : new Paging<>(all, null);
    Map<String, HostUsage> usage = cloud.usage().byHost();
    ArrayNode rows = Nodes.array();
    for (Compute compute : page.rows()) {
      ObjectNode row = detailed ? detail(call, compute, usage) : brief(call, compute);
      if (call.microversion() >= 53 && call.flag("with_servers")) {
        row.set("servers", servers(compute));
      }
      rows.add(row);
    }
    ObjectNode body = Nodes.object();
    body.set("hypervisors", rows);
    String next = page.next();
    if (next != null && call.query("limit") != null) {
      String path = "/compute" + PATH + (detailed ? "/detail" : "");
      body.putArray("hypervisors_links")
          .add(Nodes.link("next", call.base() + path + Paging.query(call, next)));
    }
    return Reply.ok(body);
  }

  private List<Compute> matching(String pattern) {
    return cloud.computes().stream()
        .filter(compute -> compute.host().name().contains(pattern))
        .toList();
  }

  private static String id(Call call, Host host) {
    return call.microversion() >= 53 ? host.id() : String.valueOf(host.number());
  }

  private ObjectNode brief(Call call, Compute compute) {
    Host host = compute.host();
    ObjectNode row = Nodes.object();
    if (call.microversion() >= 53) {
      row.put("id", host.id());
    } else {
      row.put("id", host.number());
    }
    return row.put("hypervisor_hostname", host.name())
        .put("state", compute.isUp(cloud.now()) ? "up" : "down")
        .put("status", compute.isEnabled() ? "enabled" : "disabled");
  }

  private ObjectNode detail(Call call, Compute compute, Map<String, HostUsage> usage)
      throws InterruptedException {
    Host host = compute.host();
    ObjectNode row =
        brief(call, compute)
            .put("hypervisor_type", "QEMU")
            .put("hypervisor_version", 8_002_002)
            .put("host_ip", host.address());
    ObjectNode service = row.putObject("service");
    if (call.microversion() >= 53) {
      service.put("id", host.serviceId());
    } else {
      service.put("id", host.serviceNumber());
    }
    service.put("host", host.name()).put("disabled_reason", compute.disabledReason());
    if (call.microversion() >= 88) {
      return row.put("uptime", uptimeIfUp(compute));
    }
    numbers(row, host, usage.getOrDefault(host.name(), HostUsage.NONE));
    ObjectNode cpu = Processor.info(host);
    if (call.microversion() >= 28) {
      row.set("cpu_info", cpu);
    } else {
      row.put("cpu_info", cpu.toString());
    }
    return row;
  }

  private @Nullable String uptimeIfUp(Compute compute) throws InterruptedException {
    if (!compute.isUp(cloud.now())) {
      return null;
    }
    world.requireAnswer(compute.host().name());
    return HostLoad.uptime(cloud, compute.host(), cloud.now());
  }

  private static void numbers(ObjectNode row, Host host, HostUsage used) {
    int memoryUsed = used.memoryMb() + Host.RESERVED_MB;
    row.put("vcpus", host.vcpus())
        .put("memory_mb", host.memoryMb())
        .put("local_gb", host.diskGb())
        .put("vcpus_used", used.vcpus())
        .put("memory_mb_used", memoryUsed)
        .put("local_gb_used", used.diskGb())
        .put("free_ram_mb", host.memoryMb() - memoryUsed)
        .put("free_disk_gb", host.diskGb() - used.diskGb())
        .put("current_workload", used.busy())
        .put("running_vms", used.machines())
        .put("disk_available_least", host.diskGb() - used.diskGb());
  }

  private Reply show(Call call) throws InterruptedException {
    Compute compute = compute(call);
    ObjectNode row = detail(call, compute, cloud.usage().byHost());
    if (call.microversion() >= 53 && call.flag("with_servers")) {
      row.set("servers", servers(compute));
    }
    return Reply.ok(Nodes.object().set("hypervisor", row));
  }

  private Compute compute(Call call) {
    String id = call.in("hypervisor");
    if (call.microversion() >= 53 && !id.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
      throw new Refusal(400, "Invalid uuid " + id);
    }
    return cloud.computes().stream()
        .filter(compute -> id(call, compute.host()).equals(id))
        .findFirst()
        .orElseThrow(() -> new Refusal(404, "Hypervisor with ID '" + id + "' could not be found."));
  }

  private Reply uptime(Call call) throws InterruptedException {
    Compute compute = compute(call);
    if (!compute.isUp(cloud.now())) {
      throw new Refusal(
          400, "Compute service of " + compute.host().name() + " is unavailable at this time.");
    }
    world.requireAnswer(compute.host().name());
    ObjectNode row =
        brief(call, compute).put("uptime", HostLoad.uptime(cloud, compute.host(), cloud.now()));
    return Reply.ok(Nodes.object().set("hypervisor", row));
  }

  /** Of all that are enabled, dead ones too. */
  private Reply statistics(Call call) {
    Map<String, HostUsage> usage = cloud.usage().byHost();
    List<ObjectNode> rows = new ArrayList<>();
    for (Compute compute : cloud.computes()) {
      if (compute.isEnabled()) {
        ObjectNode row = Nodes.object();
        numbers(row, compute.host(), usage.getOrDefault(compute.host().name(), HostUsage.NONE));
        rows.add(row);
      }
    }
    ObjectNode sums = Nodes.object().put("count", rows.size());
    for (ObjectNode row : rows) {
      row.fieldNames()
          .forEachRemaining(
              name -> sums.put(name, sums.path(name).asLong() + row.path(name).asLong()));
    }
    return Reply.ok(Nodes.object().set("hypervisor_statistics", sums));
  }

  private Reply search(Call call) {
    ArrayNode rows = Nodes.array();
    for (Compute compute : found(call)) {
      rows.add(brief(call, compute));
    }
    return Reply.ok(Nodes.object().set("hypervisors", rows));
  }

  private Reply servers(Call call) {
    ArrayNode rows = Nodes.array();
    for (Compute compute : found(call)) {
      rows.add(brief(call, compute).<ObjectNode>set("servers", servers(compute)));
    }
    return Reply.ok(Nodes.object().set("hypervisors", rows));
  }

  private List<Compute> found(Call call) {
    List<Compute> found = matching(call.in("pattern"));
    if (found.isEmpty()) {
      throw new Refusal(404, "No hypervisor matching '" + call.in("pattern") + "' could be found.");
    }
    return found;
  }

  private ArrayNode servers(Compute compute) {
    ArrayNode rows = Nodes.array();
    cloud.living().stream()
        .filter(machine -> compute.host().name().equals(machine.state().host()))
        .sorted(Comparator.comparingInt((Instance machine) -> machine.spec().number()))
        .forEach(machine ->
            rows.addObject().put("name", machine.spec().domain()).put("uuid", machine.id()));
    return rows;
  }
}
