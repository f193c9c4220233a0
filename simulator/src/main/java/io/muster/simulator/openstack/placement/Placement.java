package io.muster.simulator.openstack.placement;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.api.Reply;
import io.muster.simulator.openstack.api.Route;
import io.muster.simulator.openstack.model.Flavor;
import io.muster.simulator.openstack.model.Host;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.Refusal;
import io.muster.simulator.openstack.world.Cloud;
import io.muster.simulator.openstack.world.Compute;
import io.muster.simulator.openstack.world.HostUsage;
import java.util.Comparator;
import java.util.List;

/** What hosts have and what is taken of it, to the moment. */
public final class Placement {
  private static final String PATH = "/resource_providers";
  private static final String PROVIDER = PATH + "/{provider}";
  private static final String POLICY = "placement:resource_providers:";

  private final Cloud cloud;

  public Placement(Cloud cloud) {
    this.cloud = cloud;
  }

  public List<Route> routes() {
    return List.of(
        Route.open("GET", "/", Placement::versions),
        Route.admin("GET", PATH, POLICY + "list", this::list),
        Route.admin("GET", PROVIDER, POLICY + "show", this::show),
        Route.admin(
            "GET", PROVIDER + "/inventories", POLICY + "inventories:list", this::inventories),
        Route.admin("GET", PROVIDER + "/usages", POLICY + "usages", this::usages),
        Route.admin(
            "GET", PROVIDER + "/allocations", POLICY + "allocations:list", this::allocations),
        Route.admin("GET", PROVIDER + "/traits", POLICY + "traits:list", this::traits).since(6),
        Route.admin("GET", PROVIDER + "/aggregates", POLICY + "aggregates:list", this::aggregates),
        Route.admin(
            "GET", "/allocations/{consumer}", "placement:allocations:list", this::allocation),
        Route.user("GET", "/usages", this::usagesOfProject).since(9));
  }

  private static Reply versions(Call call) {
    ObjectNode version =
        Nodes.object()
            .put("id", "v1.0")
            .put("max_version", "1.39")
            .put("min_version", "1.0")
            .put("status", "CURRENT");
    version.putArray("links").add(Nodes.link("self", ""));
    return Reply.ok(Nodes.object().set("versions", Nodes.array().add(version)));
  }

  private Reply list(Call call) {
    String name = call.query("name");
    String uuid = call.query("uuid");
    ArrayNode rows = Nodes.array();
    for (Compute compute : cloud.computes()) {
      Host host = compute.host();
      if ((name == null || name.equals(host.name())) && (uuid == null || uuid.equals(host.id()))) {
        rows.add(view(call, host));
      }
    }
    return Reply.ok(Nodes.object().set("resource_providers", rows));
  }

  private Reply show(Call call) {
    return Reply.ok(view(call, host(call)));
  }

  private ObjectNode view(Call call, Host host) {
    ObjectNode row =
        Nodes.object()
            .put("uuid", host.id())
            .put("name", host.name())
            .put("generation", generation(host));
    String self = PATH + "/" + host.id();
    ArrayNode links = row.putArray("links").add(Nodes.link("self", self));
    links.add(Nodes.link("inventories", self + "/inventories"));
    links.add(Nodes.link("usages", self + "/usages"));
    if (call.microversion() >= 1) {
      links.add(Nodes.link("aggregates", self + "/aggregates"));
    }
    if (call.microversion() >= 6) {
      links.add(Nodes.link("traits", self + "/traits"));
    }
    if (call.microversion() >= 11) {
      links.add(Nodes.link("allocations", self + "/allocations"));
    }
    if (call.microversion() >= 14) {
      row.putNull("parent_provider_uuid").put("root_provider_uuid", host.id());
    }
    return row;
  }

  /** Moves with what is taken, as the real one does with each change. */
  private int generation(Host host) {
    HostUsage used = cloud.usage().ofHost(host.name());
    return 2 + used.machines() + used.vcpus() + used.memoryMb() / 512;
  }

  private Host host(Call call) {
    String id = call.in("provider");
    for (Compute compute : cloud.computes()) {
      if (compute.host().id().equals(id)) {
        return compute.host();
      }
    }
    String text = "No resource provider with uuid " + id + " found";
    throw new Refusal(404, text + ": " + text);
  }

  private Reply inventories(Call call) {
    Host host = host(call);
    ObjectNode inventories = Nodes.object();
    inventory(inventories, "VCPU", host.vcpus(), 0, Host.VCPU_RATIO);
    inventory(inventories, "MEMORY_MB", host.memoryMb(), Host.RESERVED_MB, Host.MEMORY_RATIO);
    inventory(inventories, "DISK_GB", host.diskGb(), 0, 1.0);
    ObjectNode body = Nodes.object().put("resource_provider_generation", generation(host));
    return Reply.ok(body.set("inventories", inventories));
  }

  private static void inventory(
      ObjectNode inventories, String name, int total, int reserved, double ratio) {
    inventories
        .putObject(name)
        .put("total", total)
        .put("reserved", reserved)
        .put("min_unit", 1)
        .put("max_unit", total)
        .put("step_size", 1)
        .put("allocation_ratio", ratio);
  }

  private Reply usages(Call call) {
    Host host = host(call);
    ObjectNode body = Nodes.object().put("resource_provider_generation", generation(host));
    return Reply.ok(body.set("usages", resources(cloud.usage().ofHost(host.name()))));
  }

  private static ObjectNode resources(HostUsage used) {
    return Nodes.object()
        .put("VCPU", used.vcpus())
        .put("MEMORY_MB", used.memoryMb())
        .put("DISK_GB", used.diskGb());
  }

  private static ObjectNode resources(Flavor flavor) {
    return Nodes.object()
        .put("DISK_GB", flavor.diskGb())
        .put("MEMORY_MB", flavor.ramMb())
        .put("VCPU", flavor.vcpus());
  }

  private Reply allocations(Call call) {
    Host host = host(call);
    ObjectNode rows = Nodes.object();
    cloud.living().stream()
        .filter(machine -> host.name().equals(machine.state().host()))
        .sorted(Comparator.comparing(Instance::id))
        .forEach(machine -> {
          ObjectNode row = rows.putObject(machine.id());
          row.set("resources", resources(machine.state().flavor()));
          row.put("consumer_generation", 1);
        });
    ObjectNode body = Nodes.object();
    body.set("allocations", rows);
    return Reply.ok(body.put("resource_provider_generation", generation(host)));
  }

  private Reply traits(Call call) {
    ObjectNode body = Nodes.object();
    body.putArray("traits").add("COMPUTE_NODE").add("HW_CPU_X86_SSE42");
    return Reply.ok(body.put("resource_provider_generation", generation(host(call))));
  }

  private Reply aggregates(Call call) {
    ObjectNode body = Nodes.object();
    body.set("aggregates", Nodes.array());
    return Reply.ok(body.put("resource_provider_generation", generation(host(call))));
  }

  private Reply allocation(Call call) {
    Instance machine = cloud.instance(call.in("consumer"));
    ObjectNode rows = Nodes.object();
    Compute compute = machine == null ? null : cloud.compute(machine.state().host());
    if (machine == null || compute == null || !machine.state().occupiesHost()) {
      return Reply.ok(Nodes.object().set("allocations", rows));
    }
    ObjectNode row = rows.putObject(compute.host().id());
    row.set("resources", resources(machine.state().flavor()));
    row.put("generation", generation(compute.host()));
    ObjectNode body = Nodes.object();
    body.set("allocations", rows);
    body.put("project_id", machine.spec().project()).put("user_id", machine.spec().user());
    if (call.microversion() >= 28) {
      body.put("consumer_generation", 1);
    }
    if (call.microversion() >= 38) {
      body.put("consumer_type", "unknown");
    }
    return Reply.ok(body);
  }

  private Reply usagesOfProject(Call call) {
    String project = call.query("project_id");
    if (project == null) {
      throw new Refusal(
          400, "Invalid query string parameters: 'project_id' is a required property");
    }
    if (!call.isAdmin() && !project.equals(call.token().project())) {
      throw new Refusal(403, "Policy does not allow placement:usages to be performed.");
    }
    HostUsage used = cloud.usage().placedOfProject(project);
    ObjectNode resources = resources(used);
    if (call.microversion() < 38) {
      return Reply.ok(Nodes.object().set("usages", resources));
    }
    ObjectNode byType = Nodes.object();
    byType.set("unknown", resources.put("consumer_count", used.machines()));
    return Reply.ok(Nodes.object().set("usages", byType));
  }
}
