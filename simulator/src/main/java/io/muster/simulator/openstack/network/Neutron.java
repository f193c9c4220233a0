package io.muster.simulator.openstack.network;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.api.Paging;
import io.muster.simulator.openstack.api.Reply;
import io.muster.simulator.openstack.api.Route;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.InstanceSpec;
import io.muster.simulator.openstack.model.Network;
import io.muster.simulator.openstack.model.Port;
import io.muster.simulator.openstack.model.Refusal;
import io.muster.simulator.openstack.world.Cloud;
import java.util.Comparator;
import java.util.List;

/** The network service: one network, and a port of each machine. */
public final class Neutron {
  private static final String V2 = "/v2.0/";
  private static final int MOST = 100_000;

  private final Cloud cloud;

  public Neutron(Cloud cloud) {
    this.cloud = cloud;
  }

  public List<Route> routes() {
    return List.of(
        Route.open("GET", "/", Neutron::versions),
        Route.user("GET", V2 + "networks", this::networks),
        Route.user("GET", V2 + "networks/{network}", this::network),
        Route.user("GET", V2 + "subnets", this::subnets),
        Route.user("GET", V2 + "ports", this::ports),
        Route.user("GET", V2 + "routers", call -> none("routers")),
        Route.user("GET", V2 + "floatingips", call -> none("floatingips")),
        Route.user("GET", V2 + "security-groups", this::securityGroups),
        Route.user("GET", V2 + "agents", call -> none("agents")),
        Route.user("GET", V2 + "extensions", call -> none("extensions")),
        Route.user("GET", V2 + "quotas/{project}/details.json", this::quotas),
        Route.user("GET", V2 + "quotas/{project}/details", this::quotas));
  }

  private static Reply versions(Call call) {
    ObjectNode version = Nodes.object().put("id", "v2.0").put("status", "CURRENT");
    version.putArray("links").add(Nodes.link("self", call.base() + "/networking" + V2));
    return Reply.ok(Nodes.object().set("versions", Nodes.array().add(version)));
  }

  private static Reply none(String name) {
    return Reply.ok(Nodes.object().set(name, Nodes.array()));
  }

  private ObjectNode networkView(Call call) {
    Network network = cloud.network();
    ObjectNode row =
        Nodes.object()
            .put("id", network.id())
            .put("name", network.name())
            .put("tenant_id", network.project())
            .put("admin_state_up", true)
            .put("mtu", 1500)
            .put("status", "ACTIVE");
    row.putArray("subnets").add(network.subnet());
    row.put("shared", true);
    row.putArray("availability_zone_hints");
    row.putArray("availability_zones");
    row.putNull("ipv4_address_scope")
        .putNull("ipv6_address_scope")
        .put("router:external", false)
        .put("description", "")
        .put("port_security_enabled", true);
    common(row, network.project(), 2);
    if (call.isAdmin()) {
      row.put("provider:network_type", "vxlan")
          .putNull("provider:physical_network")
          .put("provider:segmentation_id", 42);
    }
    return row;
  }

  private void common(ObjectNode row, String project, int revision) {
    row.putArray("tags");
    row.put("created_at", Nodes.seconds(cloud.begun()))
        .put("updated_at", Nodes.seconds(cloud.begun()))
        .put("revision_number", revision)
        .put("project_id", project);
  }

  private Reply networks(Call call) {
    ArrayNode rows = Nodes.array();
    String name = call.query("name");
    if (name == null || name.equals(cloud.network().name())) {
      rows.add(networkView(call));
    }
    return Reply.ok(Nodes.object().set("networks", rows));
  }

  private Reply network(Call call) {
    if (!call.in("network").equals(cloud.network().id())) {
      throw new Refusal(404, "Network " + call.in("network") + " could not be found.");
    }
    return Reply.ok(Nodes.object().set("network", networkView(call)));
  }

  private Reply subnets(Call call) {
    Network network = cloud.network();
    ObjectNode row =
        Nodes.object()
            .put("id", network.subnet())
            .put("name", network.name() + "-subnet")
            .put("tenant_id", network.project())
            .put("network_id", network.id())
            .put("ip_version", 4)
            .putNull("subnetpool_id")
            .put("enable_dhcp", true)
            .putNull("ipv6_ra_mode")
            .putNull("ipv6_address_mode")
            .put("gateway_ip", network.gateway())
            .put("cidr", network.cidr());
    row.putArray("allocation_pools")
        .addObject()
        .put("start", "10.20.0.2")
        .put("end", "10.20.255.254");
    row.putArray("host_routes");
    row.putArray("dns_nameservers");
    row.put("description", "");
    row.putArray("service_types");
    common(row, network.project(), 0);
    return Reply.ok(Nodes.object().set("subnets", Nodes.array().add(row)));
  }

  private Reply ports(Call call) {
    String device = call.query("device_id");
    List<Instance> machines =
        cloud.living().stream()
            .filter(machine -> machine.state().launched() != null)
            .filter(machine ->
                call.isAdmin() || machine.spec().project().equals(call.token().project()))
            .filter(machine -> device == null || device.equals(machine.id()))
            .sorted(Comparator.comparing((Instance machine) -> machine.spec().port().id()))
            .toList();
    Paging<Instance> page = Paging.of(call, machines, machine -> machine.spec().port().id(), MOST);
    List<String> fields = call.request().query().getOrDefault("fields", List.of());
    ArrayNode rows = Nodes.array();
    for (Instance machine : page.rows()) {
      ObjectNode row = port(call, machine);
      rows.add(fields.isEmpty() ? row : row.retain(fields));
    }
    ObjectNode body = Nodes.object();
    body.set("ports", rows);
    String next = page.next();
    if (next != null) {
      body.putArray("ports_links")
          .add(Nodes.link("next", call.base() + call.request().path() + Paging.query(call, next)));
    }
    return Reply.ok(body);
  }

  private ObjectNode port(Call call, Instance machine) {
    InstanceSpec spec = machine.spec();
    Port port = spec.port();
    ObjectNode row =
        Nodes.object()
            .put("id", port.id())
            .put("name", "")
            .put("network_id", cloud.network().id())
            .put("tenant_id", spec.project())
            .put("mac_address", port.mac())
            .put("admin_state_up", true)
            .put("status", machine.state().booted() == null ? "DOWN" : "ACTIVE")
            .put("device_id", spec.id())
            .put("device_owner", "compute:nova");
    row.putArray("fixed_ips")
        .addObject()
        .put("subnet_id", cloud.network().subnet())
        .put("ip_address", port.address());
    row.putArray("allowed_address_pairs");
    row.putArray("extra_dhcp_opts");
    row.putArray("security_groups").add(securityGroup(spec.project()));
    row.put("description", "").put("binding:vnic_type", "normal");
    if (call.isAdmin()) {
      row.putObject("binding:profile");
      String host = machine.state().host();
      row.put("binding:host_id", host == null ? "" : host).put("binding:vif_type", "ovs");
      row.putObject("binding:vif_details")
          .put("port_filter", true)
          .putObject("bound_drivers")
          .put("0", "openvswitch");
    }
    row.put("port_security_enabled", true);
    common(row, spec.project(), 3);
    return row;
  }

  private String securityGroup(String project) {
    return cloud.ids().uuid("security-group-" + project, 0);
  }

  private Reply securityGroups(Call call) {
    ArrayNode rows = Nodes.array();
    cloud.projects().stream()
        .filter(project -> call.isAdmin() || project.id().equals(call.token().project()))
        .forEach(project -> {
          ObjectNode row =
              rows.addObject()
                  .put("id", securityGroup(project.id()))
                  .put("name", "default")
                  .put("stateful", true)
                  .put("tenant_id", project.id())
                  .put("description", "Default security group")
                  .put("shared", false);
          row.putArray("security_group_rules");
          common(row, project.id(), 1);
        });
    return Reply.ok(Nodes.object().set("security_groups", rows));
  }

  private Reply quotas(Call call) {
    String project = call.in("project");
    if (!call.isAdmin() && !project.equals(call.token().project())) {
      throw new Refusal(403, "Only admin can view quotas of another project");
    }
    int ports =
        (int)
            cloud.living().stream()
                .filter(machine ->
                    machine.spec().project().equals(project) && machine.state().launched() != null)
                .count();
    ObjectNode quota = Nodes.object();
    quota(quota, "network", 100, 0);
    quota(quota, "subnet", 100, 0);
    quota(quota, "subnetpool", -1, 0);
    quota(quota, "port", 500, ports);
    quota(quota, "router", 10, 0);
    quota(quota, "floatingip", 50, 0);
    quota(quota, "rbac_policy", 10, 0);
    quota(quota, "security_group", 10, 1);
    quota(quota, "security_group_rule", 100, 4);
    return Reply.ok(Nodes.object().set("quota", quota));
  }

  private static void quota(ObjectNode quota, String name, int limit, int used) {
    quota.putObject(name).put("limit", limit).put("used", used).put("reserved", 0);
  }
}
