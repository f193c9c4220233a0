package io.muster.simulator.openstack.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Conditions;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.api.Reply;
import io.muster.simulator.openstack.api.Route;
import io.muster.simulator.openstack.api.Service;
import io.muster.simulator.openstack.model.Flavor;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.InstanceSpec;
import io.muster.simulator.openstack.model.Refusal;
import io.muster.simulator.openstack.model.Volume;
import io.muster.simulator.openstack.world.Builds;
import io.muster.simulator.openstack.world.Cloud;
import io.muster.simulator.openstack.world.OpenStackWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Single machines: made, shown, renamed, deleted, and what hangs on them. */
final class Servers {
  private static final String PATH = "/v2.1/servers/{server}";

  private final OpenStackWorld world;
  private final Cloud cloud;
  private final ServerView view;
  private final Conditions conditions;
  private final Quotas quotas;

  Servers(OpenStackWorld world, ServerView view, Conditions conditions, Quotas quotas) {
    this.world = world;
    this.cloud = world.cloud();
    this.view = view;
    this.conditions = conditions;
    this.quotas = quotas;
  }

  List<Route> routes() {
    return List.of(
        Route.user("POST", "/v2.1/servers", this::create),
        Route.user("GET", PATH, this::show),
        Route.user("PUT", PATH, this::rename),
        Route.user("DELETE", PATH, this::delete),
        Route.user("GET", PATH + "/os-interface", this::interfaces),
        Route.user("GET", PATH + "/os-volume_attachments", this::volumes),
        Route.user("GET", PATH + "/os-security-groups", this::securityGroups),
        Route.user("GET", PATH + "/metadata", this::metadata),
        Route.user("GET", PATH + "/tags", this::tags).since(26),
        Route.user("GET", PATH + "/topology", this::topology).since(78));
  }

  private Reply show(Call call) throws InterruptedException {
    Instance machine = Found.machine(cloud, call);
    ServerLists.requireNetwork(conditions);
    return Reply.ok(Nodes.object().set("server", view.show(call, machine)));
  }

  private Reply create(Call call) throws InterruptedException {
    JsonNode wanted = call.body().path("server");
    if (!wanted.isObject()) {
      throw Invalid.required("body", call.body(), "server");
    }
    for (String member : List.of("name", "flavorRef")) {
      if (!wanted.has(member)) {
        throw Invalid.required("server", wanted, member);
      }
    }
    String flavorRef = wanted.path("flavorRef").asText();
    Flavor flavor = cloud.flavor(flavorRef);
    if (flavor == null) {
      throw new Refusal(400, "Flavor " + flavorRef + " could not be found.");
    }
    requireImages(conditions);
    ServerLists.requireNetwork(conditions);
    String image = wanted.path("imageRef").asText("");
    if (cloud.image(image) == null) {
      throw new Refusal(400, "Can not find requested image");
    }
    quotas.requireRoom(call.token().project(), flavor);
    Instance machine =
        world
            .builds()
            .create(
                new Builds.Wish(
                    wanted.path("name").asText(), flavor, image, host(call, wanted), tags(wanted)),
                call.actor());
    ObjectNode shown = Nodes.object().put("id", machine.id());
    shown.set("links", ServerView.links(call, "servers", machine.id()));
    shown.put("OS-DCF:diskConfig", "MANUAL");
    shown.putArray("security_groups").addObject().put("name", "default");
    shown.put("adminPass", Passwords.some());
    return Reply.of(202, Nodes.object().set("server", shown))
        .with("Location", call.base() + "/compute/v2.1/servers/" + machine.id());
  }

  /** Nova asks Glance for what a machine begins with and for where a snapshot goes. */
  static void requireImages(Conditions conditions) throws InterruptedException {
    if (conditions.isDown(Service.IMAGE)) {
      conditions.tryInVain();
      throw Refusal.unexpected("nova.exception.GlanceConnectionFailed");
    }
  }

  private static @Nullable String host(Call call, JsonNode wanted) {
    if (call.microversion() < 74 || !wanted.has("host")) {
      return null;
    }
    call.requireAdmin("compute:servers:create:requested_destination");
    return wanted.path("host").asText();
  }

  private static List<String> tags(JsonNode wanted) {
    List<String> tags = new ArrayList<>();
    wanted.path("tags").forEach(tag -> tags.add(tag.asText()));
    return tags;
  }

  private Reply rename(Call call) {
    Instance machine = Found.machine(cloud, call);
    JsonNode wanted = call.body().path("server");
    if (wanted.has("name")) {
      world.machines().rename(machine, wanted.path("name").asText());
    }
    return Reply.ok(Nodes.object().set("server", view.basics(call, machine)));
  }

  private Reply delete(Call call) {
    world.machines().delete(Found.machine(cloud, call), "delete", call.actor());
    return new Reply(204, "application/json", Map.of(), null);
  }

  private Reply interfaces(Call call) {
    Instance machine = Found.machine(cloud, call);
    InstanceSpec spec = machine.spec();
    ArrayNode rows = Nodes.array();
    if (machine.state().launched() != null) {
      ObjectNode row =
          rows.addObject()
              .put("net_id", cloud.network().id())
              .put("port_id", spec.port().id())
              .put("mac_addr", spec.port().mac())
              .put("port_state", "ACTIVE");
      row.putArray("fixed_ips")
          .addObject()
          .put("subnet_id", cloud.network().subnet())
          .put("ip_address", spec.port().address());
    }
    return Reply.ok(Nodes.object().set("interfaceAttachments", rows));
  }

  private Reply volumes(Call call) {
    Instance machine = Found.machine(cloud, call);
    ArrayNode rows = Nodes.array();
    for (Volume volume : cloud.volumesOf(machine.id())) {
      Volume.Attachment attachment = volume.attachment();
      if (attachment != null) {
        rows.addObject()
            .put("id", volume.id())
            .put("volumeId", volume.id())
            .put("serverId", machine.id())
            .put("device", attachment.device());
      }
    }
    return Reply.ok(Nodes.object().set("volumeAttachments", rows));
  }

  private Reply securityGroups(Call call) {
    Instance machine = Found.machine(cloud, call);
    String project = machine.spec().project();
    ArrayNode rows = Nodes.array();
    ObjectNode group =
        rows.addObject()
            .put("id", cloud.ids().uuid("security-group-" + project, 0))
            .put("description", "Default security group")
            .put("name", "default")
            .put("tenant_id", project);
    group.putArray("rules");
    return Reply.ok(Nodes.object().set("security_groups", rows));
  }

  private Reply metadata(Call call) {
    Found.machine(cloud, call);
    return Reply.ok(Nodes.object().set("metadata", Nodes.object()));
  }

  private Reply tags(Call call) {
    ArrayNode tags = Nodes.array();
    Found.machine(cloud, call).spec().tags().forEach(tags::add);
    return Reply.ok(Nodes.object().set("tags", tags));
  }

  private Reply topology(Call call) {
    Found.machine(cloud, call);
    ObjectNode body = Nodes.object();
    body.set("nodes", Nodes.array());
    return Reply.ok(body.putNull("pagesize_kb"));
  }
}
