package io.muster.simulator.openstack.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.api.Reply;
import io.muster.simulator.openstack.model.Refusal;
import io.muster.simulator.openstack.world.Cloud;
import java.util.List;

/** What a project may have of the network, and has. */
final class NetworkQuotas {
  private final Cloud cloud;

  NetworkQuotas(Cloud cloud) {
    this.cloud = cloud;
  }

  private record Quota(String name, int limit, int used) {}

  /** Limits alone. */
  Reply limits(Call call) {
    ObjectNode quota = Nodes.object();
    for (Quota each : of(call)) {
      quota.put(each.name(), each.limit());
    }
    return Reply.ok(Nodes.object().set("quota", quota));
  }

  /** Limits with what is used of them. */
  Reply details(Call call) {
    ObjectNode quota = Nodes.object();
    for (Quota each : of(call)) {
      quota
          .putObject(each.name())
          .put("limit", each.limit())
          .put("used", each.used())
          .put("reserved", 0);
    }
    return Reply.ok(Nodes.object().set("quota", quota));
  }

  private List<Quota> of(Call call) {
    String project = call.in("project");
    if (!call.isAdmin() && !project.equals(call.token().project())) {
      throw new Refusal(403, "Only admin can view quotas of another project");
    }
    long ports =
        cloud.living().stream()
            .filter(machine -> machine.spec().project().equals(project))
            .filter(machine -> machine.state().launched() != null)
            .count();
    return List.of(
        new Quota("network", 100, 0),
        new Quota("subnet", 100, 0),
        new Quota("subnetpool", -1, 0),
        new Quota("port", 500, (int) ports),
        new Quota("router", 10, 0),
        new Quota("floatingip", 50, 0),
        new Quota("rbac_policy", 10, 0),
        new Quota("security_group", 10, 1),
        new Quota("security_group_rule", 100, 4));
  }
}
