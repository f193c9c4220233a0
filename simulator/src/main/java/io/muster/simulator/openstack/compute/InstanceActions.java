package io.muster.simulator.openstack.compute;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.api.Paging;
import io.muster.simulator.openstack.api.Reply;
import io.muster.simulator.openstack.api.Route;
import io.muster.simulator.openstack.model.ActionEvent;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.InstanceAction;
import io.muster.simulator.openstack.model.Refusal;
import io.muster.simulator.openstack.world.Cloud;
import java.util.List;

/** What was done to a machine, by whom, and how each step went. */
final class InstanceActions {
  private static final String PATH = "/v2.1/servers/{server}/os-instance-actions";
  private static final int MOST = 1000;

  private final Cloud cloud;

  InstanceActions(Cloud cloud) {
    this.cloud = cloud;
  }

  List<Route> routes() {
    return List.of(
        Route.user("GET", PATH, this::list), Route.user("GET", PATH + "/{request}", this::show));
  }

  private Reply list(Call call) {
    Instance machine = machine(call);
    List<InstanceAction> all = machine.actions();
    ArrayNode rows = Nodes.array();
    ObjectNode body = Nodes.object();
    if (call.microversion() >= 58) {
      Paging<InstanceAction> page = Paging.of(call, all, InstanceAction::requestId, MOST);
      page.rows().forEach(action -> rows.add(view(call, machine, action)));
      body.set("instanceActions", rows);
      String next = page.next();
      if (next != null) {
        body.putArray("links")
            .add(
                Nodes.link("next", call.base() + call.request().path() + Paging.query(call, next)));
      }
    } else {
      all.forEach(action -> rows.add(view(call, machine, action)));
      body.set("instanceActions", rows);
    }
    return Reply.ok(body);
  }

  /** Of deleted ones too from 2.21 on. */
  private Instance machine(Call call) {
    Instance machine = cloud.instance(call.in("server"));
    boolean visible =
        machine != null
            && call.microversion() >= 21
            && (call.isAdmin() || machine.spec().project().equals(call.token().project()));
    return visible && machine != null ? machine : Found.machine(cloud, call);
  }

  private Reply show(Call call) {
    Instance machine = machine(call);
    String id = call.in("request");
    InstanceAction action =
        machine.actions().stream()
            .filter(each -> each.requestId().equals(id))
            .findFirst()
            .orElseThrow(() -> new Refusal(404, "Action " + id + " not found"));
    ObjectNode shown = view(call, machine, action);
    if (call.isAdmin() || call.microversion() >= 51) {
      ArrayNode events = shown.putArray("events");
      action.events().forEach(event -> events.add(view(call, machine, event)));
    }
    return Reply.ok(Nodes.object().set("instanceAction", shown));
  }

  private static ObjectNode view(Call call, Instance machine, InstanceAction action) {
    ObjectNode row =
        Nodes.object()
            .put("action", action.action())
            .put("instance_uuid", machine.id())
            .put("request_id", action.requestId())
            .put("user_id", action.user())
            .put("project_id", action.project())
            .put("start_time", Nodes.micros(action.start()))
            .put("message", action.message());
    if (call.microversion() >= 58) {
      row.put("updated_at", Nodes.micros(action.updated()));
    }
    return row;
  }

  private static ObjectNode view(Call call, Instance machine, ActionEvent event) {
    String result = event.error() == null ? "Success" : "Error";
    ObjectNode row =
        Nodes.object()
            .put("event", event.event())
            .put("start_time", Nodes.micros(event.start()))
            .put("finish_time", Nodes.micros(event.finish()))
            .put("result", event.finish() == null ? null : result);
    if (call.isAdmin()) {
      row.put("traceback", event.error());
    }
    if (call.microversion() >= 62) {
      row.put("hostId", HostIds.of(machine.spec().project(), event.host()));
      if (call.isAdmin()) {
        row.put("host", event.host());
      }
    }
    if (call.microversion() >= 84) {
      row.put("details", event.error());
    }
    return row;
  }
}
