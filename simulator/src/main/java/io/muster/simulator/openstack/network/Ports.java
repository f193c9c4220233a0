package io.muster.simulator.openstack.network;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.api.Paging;
import io.muster.simulator.openstack.api.Reply;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.InstanceSpec;
import io.muster.simulator.openstack.model.Port;
import io.muster.simulator.openstack.world.Cloud;
import java.util.Comparator;
import java.util.List;

/** A port of each machine that was placed. */
final class Ports {
  /** More than there are machines. */
  private static final int MOST = 100_000;

  private final Cloud cloud;
  private final Rows rows;

  Ports(Cloud cloud, Rows rows) {
    this.cloud = cloud;
    this.rows = rows;
  }

  Reply list(Call call) {
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
    ArrayNode shown = Nodes.array();
    for (Instance machine : page.rows()) {
      ObjectNode row = port(call, machine);
      shown.add(fields.isEmpty() ? row : row.retain(fields));
    }
    ObjectNode body = Nodes.object();
    body.set("ports", shown);
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
    row.putArray("security_groups").add(rows.securityGroup(spec.project()));
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
    rows.common(row, spec.project(), 3);
    return row;
  }
}
