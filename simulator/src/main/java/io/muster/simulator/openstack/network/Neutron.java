package io.muster.simulator.openstack.network;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.api.Reply;
import io.muster.simulator.openstack.api.Route;
import io.muster.simulator.openstack.world.Cloud;
import java.util.List;

/** The network service: one network, and a port of each machine. */
public final class Neutron {
  private static final String V2 = "/v2.0/";

  private final Cloud cloud;
  private final Rows rows;
  private final Networks networks;
  private final Ports ports;
  private final NetworkQuotas quotas;

  public Neutron(Cloud cloud) {
    this.cloud = cloud;
    this.rows = new Rows(cloud);
    this.networks = new Networks(cloud, rows);
    this.ports = new Ports(cloud, rows);
    this.quotas = new NetworkQuotas(cloud);
  }

  public List<Route> routes() {
    return List.of(
        Route.open("GET", "/", Neutron::versions),
        Route.user("GET", V2 + "networks", networks::list),
        Route.user("GET", V2 + "networks/{network}", networks::show),
        Route.user("GET", V2 + "subnets", networks::subnets),
        Route.user("GET", V2 + "ports", ports::list),
        Route.user("GET", V2 + "routers", call -> none("routers")),
        Route.user("GET", V2 + "floatingips", call -> none("floatingips")),
        Route.user("GET", V2 + "security-groups", this::securityGroups),
        Route.user("GET", V2 + "agents", call -> none("agents")),
        Route.user("GET", V2 + "extensions", call -> none("extensions")),
        Route.user("GET", V2 + "quotas/{project}", quotas::limits),
        Route.user("GET", V2 + "quotas/{project}/details.json", quotas::details),
        Route.user("GET", V2 + "quotas/{project}/details", quotas::details));
  }

  private static Reply versions(Call call) {
    ObjectNode version = Nodes.object().put("id", "v2.0").put("status", "CURRENT");
    version.putArray("links").add(Nodes.link("self", call.base() + "/networking" + V2));
    return Reply.ok(Nodes.object().set("versions", Nodes.array().add(version)));
  }

  private static Reply none(String name) {
    return Reply.ok(Nodes.object().set(name, Nodes.array()));
  }

  private Reply securityGroups(Call call) {
    ArrayNode shown = Nodes.array();
    cloud.projects().stream()
        .filter(project -> call.isAdmin() || project.id().equals(call.token().project()))
        .forEach(project -> {
          ObjectNode row =
              shown
                  .addObject()
                  .put("id", rows.securityGroup(project.id()))
                  .put("name", "default")
                  .put("stateful", true)
                  .put("tenant_id", project.id())
                  .put("description", "Default security group")
                  .put("shared", false);
          row.putArray("security_group_rules");
          rows.common(row, project.id(), 1);
        });
    return Reply.ok(Nodes.object().set("security_groups", shown));
  }
}
