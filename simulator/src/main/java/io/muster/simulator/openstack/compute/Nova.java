package io.muster.simulator.openstack.compute;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Conditions;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.api.Reply;
import io.muster.simulator.openstack.api.Route;
import io.muster.simulator.openstack.world.Cloud;
import io.muster.simulator.openstack.world.OpenStackWorld;
import java.util.ArrayList;
import java.util.List;

/** The compute service, 2.1 with microversions. */
public final class Nova {
  private final String most;
  private final List<Route> routes = new ArrayList<>();

  /**
   * The service.
   *
   * @param most the newest microversion, such as 93 for 2.93
   */
  public Nova(OpenStackWorld world, Conditions conditions, int most) {
    this.most = "2." + most;
    Cloud cloud = world.cloud();
    ServerView view = new ServerView(cloud);
    Quotas quotas = new Quotas(cloud);
    Consoles consoles = new Consoles(world);
    routes.add(Route.open("GET", "/", this::versions));
    routes.add(Route.open("GET", "/v2.1", this::version));
    // Lists first: "detail" is no machine.
    routes.addAll(new ServerLists(cloud, view, conditions).routes());
    routes.addAll(new Servers(world, view, conditions, quotas).routes());
    routes.addAll(new ServerActions(world, view, conditions, consoles).routes());
    routes.addAll(consoles.routes());
    routes.addAll(new InstanceActions(cloud).routes());
    routes.addAll(new Diagnostics(world).routes());
    routes.addAll(new Hypervisors(world).routes());
    routes.addAll(new Services(world).routes());
    routes.addAll(new Flavors(cloud).routes());
    routes.addAll(quotas.routes());
    routes.addAll(new TenantUsage(cloud).routes());
    routes.addAll(new Others(cloud).routes());
  }

  public List<Route> routes() {
    return List.copyOf(routes);
  }

  private Reply versions(Call call) {
    ObjectNode old =
        Nodes.object()
            .put("id", "v2.0")
            .put("status", "SUPPORTED")
            .put("version", "")
            .put("min_version", "")
            .put("updated", "2011-01-21T11:33:21Z");
    old.putArray("links").add(Nodes.link("self", call.base() + "/compute/v2/"));
    ObjectNode current = current();
    current.putArray("links").add(Nodes.link("self", call.base() + "/compute/v2.1/"));
    return Reply.ok(Nodes.object().set("versions", Nodes.array().add(old).add(current)));
  }

  private Reply version(Call call) {
    ObjectNode current = current();
    current
        .putArray("links")
        .add(Nodes.link("self", call.base() + "/compute/v2.1/"))
        .add(Nodes.link("describedby", "http://docs.openstack.org/").put("type", "text/html"));
    current
        .putArray("media-types")
        .addObject()
        .put("base", "application/json")
        .put("type", "application/vnd.openstack.compute+json;version=2.1");
    return Reply.ok(Nodes.object().set("version", current));
  }

  private ObjectNode current() {
    return Nodes.object()
        .put("id", "v2.1")
        .put("status", "CURRENT")
        .put("version", most)
        .put("min_version", "2.1")
        .put("updated", "2013-07-23T11:33:21Z");
  }
}
