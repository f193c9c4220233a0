package io.muster.simulator.openstack.network;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.api.Reply;
import io.muster.simulator.openstack.model.Network;
import io.muster.simulator.openstack.model.Refusal;
import io.muster.simulator.openstack.world.Cloud;

/** The one network and its subnet. */
final class Networks {
  private final Cloud cloud;
  private final Rows rows;

  Networks(Cloud cloud, Rows rows) {
    this.cloud = cloud;
    this.rows = rows;
  }

  Reply list(Call call) {
    ArrayNode shown = Nodes.array();
    String name = call.query("name");
    if (name == null || name.equals(cloud.network().name())) {
      shown.add(networkView(call));
    }
    return Reply.ok(Nodes.object().set("networks", shown));
  }

  Reply show(Call call) {
    if (!call.in("network").equals(cloud.network().id())) {
      throw new Refusal(404, "Network " + call.in("network") + " could not be found.");
    }
    return Reply.ok(Nodes.object().set("network", networkView(call)));
  }

  Reply subnets(Call call) {
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
    rows.common(row, network.project(), 0);
    return Reply.ok(Nodes.object().set("subnets", Nodes.array().add(row)));
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
    rows.common(row, network.project(), 2);
    if (call.isAdmin()) {
      row.put("provider:network_type", "vxlan")
          .putNull("provider:physical_network")
          .put("provider:segmentation_id", 42);
    }
    return row;
  }
}
