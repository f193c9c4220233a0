package io.muster.simulator.openstack.volume;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Endpoint;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.api.Paging;
import io.muster.simulator.openstack.api.Reply;
import io.muster.simulator.openstack.api.Route;
import io.muster.simulator.openstack.model.Refusal;
import io.muster.simulator.openstack.model.Volume;
import io.muster.simulator.openstack.world.Cloud;
import java.util.Comparator;
import java.util.List;

/** The volume service, version 3. */
public final class Cinder {
  private static final String PATH = "/v3/{project}";

  /** Cinder's default osapi_max_limit. */
  private static final int MOST = 1000;

  private final Cloud cloud;
  private final VolumeView view;
  private final VolumeQuotas quotas;
  private final Storage storage;

  public Cinder(Cloud cloud) {
    this.cloud = cloud;
    this.view = new VolumeView(cloud);
    this.quotas = new VolumeQuotas(cloud);
    this.storage = new Storage(cloud);
  }

  public List<Route> routes() {
    return List.of(
        Route.open("GET", "/", call -> Reply.of(300, versions(call))),
        Route.open("GET", "/v3", call -> Reply.ok(versions(call))),
        user("/volumes", call -> volumes(call, false)),
        user("/volumes/detail", call -> volumes(call, true)),
        user("/volumes/{volume}", this::volume),
        user("/snapshots", call -> none("snapshots")),
        user("/snapshots/detail", call -> none("snapshots")),
        user("/types", this::types),
        user("/limits", quotas::limits),
        user("/os-quota-sets/{tenant}", quotas::quotas),
        admin("/os-services", "volume_extension:services:index", storage::services),
        admin(
            "/scheduler-stats/get_pools",
            "scheduler_extension:scheduler_stats:get_pools",
            storage::pools));
  }

  private static Route user(String path, Endpoint endpoint) {
    return Route.user("GET", PATH + path, inOwnProject(endpoint));
  }

  private static Route admin(String path, String policy, Endpoint endpoint) {
    return Route.admin("GET", PATH + path, policy, inOwnProject(endpoint));
  }

  /** The project of the path must be that of the token. */
  private static Endpoint inOwnProject(Endpoint endpoint) {
    return call -> {
      if (!call.in("project").equals(call.token().project())) {
        throw new Refusal(400, "Malformed request url");
      }
      return endpoint.answer(call);
    };
  }

  private static ObjectNode versions(Call call) {
    ObjectNode version =
        Nodes.object()
            .put("id", "v3.0")
            .put("status", "CURRENT")
            .put("version", "3.70")
            .put("min_version", "3.0")
            .put("updated", "2022-08-31T00:00:00Z");
    version
        .putArray("links")
        .add(Nodes.link("describedby", "https://docs.openstack.org/").put("type", "text/html"))
        .add(Nodes.link("self", call.base() + "/volume/v3/"));
    version
        .putArray("media-types")
        .addObject()
        .put("base", "application/json")
        .put("type", "application/vnd.openstack.volume+json;version=3");
    return Nodes.object().set("versions", Nodes.array().add(version));
  }

  private static Reply none(String name) {
    return Reply.ok(Nodes.object().set(name, Nodes.array()));
  }

  /** A member who asks for all projects gets his own without a word. */
  private Reply volumes(Call call, boolean detailed) {
    boolean all = call.isAdmin() && call.flag("all_tenants");
    String project = call.query("project_id");
    String status = call.query("status");
    List<Volume> volumes =
        cloud.volumes().stream()
            .filter(volume -> all || volume.project().equals(call.token().project()))
            .filter(volume -> !all || project == null || project.equals(volume.project()))
            .filter(volume -> status == null || status.equals(volume.status()))
            .sorted(Comparator.comparing(Volume::created).thenComparing(Volume::id).reversed())
            .toList();
    Paging<Volume> page = Paging.of(call, volumes, Volume::id, MOST);
    ArrayNode rows = Nodes.array();
    page.rows()
        .forEach(volume ->
            rows.add(detailed ? view.whole(call, volume) : VolumeView.brief(call, volume)));
    ObjectNode body = Nodes.object();
    body.set("volumes", rows);
    String next = page.next();
    if (next != null) {
      body.putArray("volumes_links")
          .add(Nodes.link("next", call.base() + call.request().path() + Paging.query(call, next)));
    }
    return Reply.ok(body);
  }

  private Reply volume(Call call) {
    String id = call.in("volume");
    for (Volume volume : cloud.volumes()) {
      if (volume.id().equals(id)
          && (call.isAdmin() || volume.project().equals(call.token().project()))) {
        return Reply.ok(Nodes.object().set("volume", view.whole(call, volume)));
      }
    }
    throw new Refusal(404, "Volume " + id + " could not be found.");
  }

  private Reply types(Call call) {
    ObjectNode type =
        Nodes.object()
            .put("id", cloud.ids().uuid("volume-type", 0))
            .put("name", "__DEFAULT__")
            .put("is_public", true)
            .put("description", "Default Volume Type");
    type.set("extra_specs", Nodes.object());
    type.putNull("qos_specs_id").put("os-volume-type-access:is_public", true);
    return Reply.ok(Nodes.object().set("volume_types", Nodes.array().add(type)));
  }
}
