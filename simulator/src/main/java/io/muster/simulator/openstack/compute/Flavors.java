package io.muster.simulator.openstack.compute;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.api.Paging;
import io.muster.simulator.openstack.api.Reply;
import io.muster.simulator.openstack.api.Route;
import io.muster.simulator.openstack.model.Flavor;
import io.muster.simulator.openstack.model.Refusal;
import io.muster.simulator.openstack.world.Cloud;
import java.util.List;

/** Sizes of machines. */
final class Flavors {
  private static final int MOST = 1000;

  private final Cloud cloud;

  Flavors(Cloud cloud) {
    this.cloud = cloud;
  }

  List<Route> routes() {
    return List.of(
        Route.user("GET", "/v2.1/flavors", this::brief),
        Route.user("GET", "/v2.1/flavors/detail", this::detail),
        Route.user("GET", "/v2.1/flavors/{flavor}", this::show),
        Route.user("GET", "/v2.1/flavors/{flavor}/os-extra_specs", this::extraSpecs));
  }

  private Reply brief(Call call) {
    ArrayNode rows = Nodes.array();
    for (Flavor flavor : page(call)) {
      ObjectNode row = rows.addObject().put("id", flavor.id()).put("name", flavor.name());
      row.set("links", ServerView.links(call, "flavors", flavor.id()));
      if (call.microversion() >= 55) {
        row.putNull("description");
      }
    }
    return Reply.ok(Nodes.object().set("flavors", rows));
  }

  private Reply detail(Call call) {
    ArrayNode rows = Nodes.array();
    page(call).forEach(flavor -> rows.add(view(call, flavor)));
    return Reply.ok(Nodes.object().set("flavors", rows));
  }

  private List<Flavor> page(Call call) {
    return Paging.of(call, cloud.flavors(), Flavor::id, MOST).rows();
  }

  private Reply show(Call call) {
    return Reply.ok(Nodes.object().set("flavor", view(call, flavor(call))));
  }

  private Reply extraSpecs(Call call) {
    return Reply.ok(Nodes.object().set("extra_specs", specs(flavor(call))));
  }

  private Flavor flavor(Call call) {
    Flavor flavor = cloud.flavor(call.in("flavor"));
    if (flavor == null) {
      throw new Refusal(404, "Flavor " + call.in("flavor") + " could not be found.");
    }
    return flavor;
  }

  private static ObjectNode view(Call call, Flavor flavor) {
    ObjectNode row =
        Nodes.object()
            .put("id", flavor.id())
            .put("name", flavor.name())
            .put("ram", flavor.ramMb())
            .put("disk", flavor.diskGb());
    if (call.microversion() >= 75) {
      row.put("swap", 0);
    } else {
      row.put("swap", "");
    }
    row.put("OS-FLV-EXT-DATA:ephemeral", 0)
        .put("OS-FLV-DISABLED:disabled", false)
        .put("vcpus", flavor.vcpus())
        .put("os-flavor-access:is_public", true)
        .put("rxtx_factor", 1.0);
    row.set("links", ServerView.links(call, "flavors", flavor.id()));
    if (call.microversion() >= 55) {
      row.putNull("description");
    }
    if (call.microversion() >= 61) {
      row.set("extra_specs", specs(flavor));
    }
    return row;
  }

  /** As servers have it inside from 2.47 on. */
  static ObjectNode embedded(Flavor flavor) {
    ObjectNode shown =
        Nodes.object()
            .put("vcpus", flavor.vcpus())
            .put("ram", flavor.ramMb())
            .put("disk", flavor.diskGb())
            .put("ephemeral", 0)
            .put("swap", 0)
            .put("original_name", flavor.name());
    return shown.set("extra_specs", specs(flavor));
  }

  private static ObjectNode specs(Flavor flavor) {
    ObjectNode specs = Nodes.object();
    flavor.extraSpecs().forEach(specs::put);
    return specs;
  }
}
