package io.muster.simulator.openstack.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Conditions;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.api.Reply;
import io.muster.simulator.openstack.api.Route;
import io.muster.simulator.openstack.model.Flavor;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.Lock;
import io.muster.simulator.openstack.model.Refusal;
import io.muster.simulator.openstack.world.Cloud;
import io.muster.simulator.openstack.world.Deed;
import io.muster.simulator.openstack.world.Machines;
import io.muster.simulator.openstack.world.OpenStackWorld;
import io.muster.simulator.openstack.world.Order;
import java.util.List;
import java.util.Set;

/** What can be posted to a machine: nearly all of it answers 202 and happens later. */
final class ServerActions {
  private static final Set<String> SOFT = Set.of("SOFT", "Soft", "soft");
  private static final Set<String> HARD = Set.of("HARD", "Hard", "hard");

  private final Cloud cloud;
  private final Machines machines;
  private final ServerView view;
  private final Snapshots snapshots;
  private final Consoles consoles;

  ServerActions(OpenStackWorld world, ServerView view, Conditions conditions, Consoles consoles) {
    this.cloud = world.cloud();
    this.machines = world.machines();
    this.view = view;
    this.snapshots = new Snapshots(world, conditions);
    this.consoles = consoles;
  }

  List<Route> routes() {
    return List.of(Route.user("POST", "/v2.1/servers/{server}/action", this::act));
  }

  private Reply act(Call call) throws InterruptedException {
    JsonNode body = call.body();
    if (body.size() != 1) {
      throw new Refusal(400, "Malformed request body");
    }
    String action = body.fieldNames().next();
    JsonNode with = body.path(action);
    return switch (action) {
      case "os-stop" -> begin(call, Deed.STOP);
      case "os-start" -> begin(call, Deed.START);
      case "reboot" -> begin(call, reboot(with.path("type").asText("")));
      case "pause" -> begin(call, Deed.PAUSE);
      case "unpause" -> begin(call, Deed.UNPAUSE);
      case "suspend" -> begin(call, Deed.SUSPEND);
      case "resume" -> begin(call, Deed.RESUME);
      case "shelve" -> begin(call, Deed.SHELVE);
      case "unshelve" -> begin(call, Deed.UNSHELVE);
      case "rescue" -> rescue(call);
      case "unrescue" -> begin(call, Deed.UNRESCUE);
      case "confirmResize" -> confirm(call);
      case "revertResize" -> begin(call, Deed.REVERT_RESIZE);
      case "resize" -> resize(call, with.path("flavorRef").asText(""));
      case "rebuild" -> rebuild(call, with);
      case "createImage" -> snapshots.create(call, with);
      case "changePassword" -> changePassword(call, with);
      case "lock" -> lock(call);
      case "unlock" -> unlock(call);
      case "migrate" -> migrate(call, "migrate", Deed.MIGRATE, with);
      case "os-migrateLive" -> migrate(call, "migrate_live", Deed.LIVE_MIGRATE, with);
      case "os-resetState" -> reset(call, with.path("state").asText(""));
      case "forceDelete" -> forceDelete(call);
      default -> consoles.act(call, action, with);
    };
  }

  private Reply begin(Call call, Deed deed) {
    return begin(call, deed, Order.PLAIN);
  }

  private Reply begin(Call call, Deed deed, Order order) {
    machines.act(Found.mapped(cloud, call), deed, order, call.actor());
    return Reply.empty(202);
  }

  private static Deed reboot(String type) {
    if (SOFT.contains(type)) {
      return Deed.REBOOT;
    }
    if (HARD.contains(type)) {
      return Deed.REBOOT_HARD;
    }
    throw Invalid.notOneOf("type", type, "['HARD', 'Hard', 'hard', 'SOFT', 'Soft', 'soft']");
  }

  private Reply rescue(Call call) {
    Reply reply = begin(call, Deed.RESCUE);
    ObjectNode password = Nodes.object().put("adminPass", Passwords.some());
    return new Reply(200, reply.contentType(), reply.headers(), password);
  }

  private Reply confirm(Call call) {
    begin(call, Deed.CONFIRM_RESIZE);
    return Reply.empty(204);
  }

  private Reply resize(Call call, String flavorRef) {
    Flavor flavor = cloud.flavor(flavorRef);
    if (flavor == null) {
      throw new Refusal(400, "Flavor " + flavorRef + " could not be found.");
    }
    return begin(call, Deed.RESIZE, new Order(flavor, null, null, null));
  }

  private Reply rebuild(Call call, JsonNode with) {
    String image = with.path("imageRef").asText("");
    Instance machine = Found.mapped(cloud, call);
    if (cloud.image(image) == null) {
      throw new Refusal(400, "Cannot find image for rebuild");
    }
    String name = with.has("name") ? with.path("name").asText() : null;
    machines.act(machine, Deed.REBUILD, new Order(null, image, name, null), call.actor());
    ObjectNode shown = view.basics(call, machine).put("adminPass", Passwords.some());
    return Reply.of(202, Nodes.object().set("server", shown))
        .with("location", call.base() + "/compute/v2.1/servers/" + machine.id());
  }

  private Reply changePassword(Call call, JsonNode with) {
    if (!with.has("adminPass")) {
      throw Invalid.required("changePassword", with, "adminPass");
    }
    return begin(call, Deed.CHANGE_PASSWORD);
  }

  private Reply lock(Call call) {
    machines.lock(Found.mapped(cloud, call), call.actor());
    return Reply.empty(202);
  }

  private Reply unlock(Call call) {
    Instance machine = Found.mapped(cloud, call);
    if (machine.state().lock() == Lock.ADMIN) {
      call.requireAdmin("os_compute_api:os-lock-server:unlock:unlock_override");
    }
    machines.unlock(machine);
    return Reply.empty(202);
  }

  private Reply migrate(Call call, String policy, Deed deed, JsonNode with) {
    call.requireAdmin("os_compute_api:os-migrate-server:" + policy);
    JsonNode host = with.path("host");
    return begin(call, deed, new Order(null, null, null, host.isTextual() ? host.asText() : null));
  }

  private Reply reset(Call call, String state) {
    call.requireAdmin("os_compute_api:os-admin-actions:reset_state");
    boolean active = state.equals("active");
    if (!active && !state.equals("error")) {
      throw Invalid.notOneOf("state", state, "['active', 'error']");
    }
    machines.reset(Found.mapped(cloud, call), active);
    return Reply.empty(202);
  }

  private Reply forceDelete(Call call) {
    machines.delete(Found.mapped(cloud, call), "delete", call.actor());
    return Reply.empty(202);
  }
}
