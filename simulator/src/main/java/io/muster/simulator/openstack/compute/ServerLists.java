package io.muster.simulator.openstack.compute;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Conditions;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.api.Paging;
import io.muster.simulator.openstack.api.Reply;
import io.muster.simulator.openstack.api.Route;
import io.muster.simulator.openstack.api.Service;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.Refusal;
import io.muster.simulator.openstack.world.Cloud;
import java.util.List;

/** Lists of machines. */
final class ServerLists {
  /** Nova's default {@code [api]max_limit}. */
  private static final int MOST = 1000;

  private final Cloud cloud;
  private final ServerView view;
  private final Conditions conditions;

  ServerLists(Cloud cloud, ServerView view, Conditions conditions) {
    this.cloud = cloud;
    this.view = view;
    this.conditions = conditions;
  }

  List<Route> routes() {
    return List.of(
        Route.user("GET", "/v2.1/servers", this::brief),
        Route.user("GET", "/v2.1/servers/detail", this::detail));
  }

  private Reply brief(Call call) {
    Paging<Instance> page = page(call, "index");
    ArrayNode rows = Nodes.array();
    page.rows().forEach(machine -> rows.add(view.brief(call, machine)));
    return reply(call, "/compute/v2.1/servers", rows, page);
  }

  private Reply detail(Call call) throws InterruptedException {
    Paging<Instance> page = page(call, "detail");
    requireNetwork(conditions);
    return reply(call, "/compute/v2.1/servers/detail", view.list(call, page.rows()), page);
  }

  /** Nova asks Neutron for security groups whenever it tells all of a machine. */
  static void requireNetwork(Conditions conditions) throws InterruptedException {
    if (conditions.isDown(Service.NETWORK)) {
      conditions.tryInVain();
      throw Refusal.unexpected("keystoneauth1.exceptions.connection.ConnectFailure");
    }
  }

  private Paging<Instance> page(Call call, String policy) {
    ServerFilter filter = ServerFilter.of(call, policy);
    List<Instance> all = filter.sorted(cloud.instances().stream().filter(filter).toList());
    return Paging.of(call, all, Instance::id, MOST);
  }

  private static Reply reply(Call call, String path, ArrayNode rows, Paging<Instance> page) {
    ObjectNode body = Nodes.object();
    body.set("servers", rows);
    String next = page.next();
    if (next != null) {
      body.putArray("servers_links")
          .add(Nodes.link("next", call.base() + path + Paging.query(call, next)));
    }
    return Reply.ok(body);
  }
}
