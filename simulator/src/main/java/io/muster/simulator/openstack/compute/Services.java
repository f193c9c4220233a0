package io.muster.simulator.openstack.compute;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.api.Reply;
import io.muster.simulator.openstack.api.Route;
import io.muster.simulator.openstack.model.Refusal;
import io.muster.simulator.openstack.world.Cloud;
import io.muster.simulator.openstack.world.Compute;
import io.muster.simulator.openstack.world.OpenStackWorld;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nova's own services, the one of each host among them. */
final class Services {
  private static final String CONTROLLER = "controller-01.cloud.example";
  private static final List<String> CENTRAL = List.of("nova-conductor", "nova-scheduler");
  private static final String UPDATE = "os_compute_api:os-services:update";

  private final OpenStackWorld world;
  private final Cloud cloud;

  Services(OpenStackWorld world) {
    this.world = world;
    this.cloud = world.cloud();
  }

  List<Route> routes() {
    return List.of(
        Route.admin("GET", "/v2.1/os-services", "os_compute_api:os-services:list", this::list),
        Route.admin("PUT", "/v2.1/os-services/{service}", UPDATE, this::update).since(53),
        Route.admin(
            "GET",
            "/v2.1/os-availability-zone/detail",
            "os_compute_api:os-availability-zone:detail",
            this::zonesWithHosts),
        Route.user("GET", "/v2.1/os-availability-zone", this::zones));
  }

  private Reply list(Call call) {
    ArrayNode rows = Nodes.array();
    for (int i = 0; i < CENTRAL.size(); i++) {
      ObjectNode row =
          row(
              call,
              CENTRAL.get(i),
              CONTROLLER,
              cloud.ids().uuid("service", i + 1),
              i + 1,
              "internal");
      add(call, rows, state(call, row, null));
    }
    for (Compute compute : cloud.computes()) {
      add(call, rows, row(call, compute));
    }
    return Reply.ok(Nodes.object().set("services", rows));
  }

  private static void add(Call call, ArrayNode rows, ObjectNode row) {
    if (fits(call, row, "binary") && fits(call, row, "host")) {
      rows.add(row);
    }
  }

  private static boolean fits(Call call, ObjectNode row, String key) {
    String wanted = call.query(key);
    return wanted == null || wanted.equals(row.path(key).asText());
  }

  private ObjectNode row(Call call, Compute compute) {
    return state(
        call,
        row(
            call,
            "nova-compute",
            compute.host().name(),
            compute.host().serviceId(),
            compute.host().serviceNumber(),
            compute.host().zone()),
        compute);
  }

  private static ObjectNode row(
      Call call, String binary, String host, String id, int number, String zone) {
    ObjectNode row = Nodes.object().put("binary", binary).put("host", host);
    if (call.microversion() >= 53) {
      row.put("id", id);
    } else {
      row.put("id", number);
    }
    return row.put("zone", zone);
  }

  private ObjectNode state(Call call, ObjectNode row, @Nullable Compute compute) {
    Instant now = cloud.now();
    boolean enabled = compute == null || compute.isEnabled();
    boolean up = compute == null || compute.isUp(now);
    row.put("status", enabled ? "enabled" : "disabled")
        .put("state", up ? "up" : "down")
        .put("updated_at", Nodes.micros(compute == null ? now : compute.heard(now)))
        .put("disabled_reason", compute == null ? null : compute.disabledReason());
    if (call.microversion() >= 11) {
      row.put("forced_down", compute != null && compute.isForcedDown());
    }
    return row;
  }

  private Reply update(Call call) {
    String id = call.in("service");
    Compute compute =
        cloud.computes().stream()
            .filter(each -> each.host().serviceId().equals(id))
            .findFirst()
            .orElseThrow(() -> new Refusal(404, "Service " + id + " not found."));
    JsonNode body = call.body();
    if (body.has("status")) {
      boolean enabled = body.path("status").asText().equals("enabled");
      String reason = body.path("disabled_reason").asText("");
      world.disable(compute.host().name(), enabled ? null : reason);
    }
    if (body.has("forced_down")) {
      compute.forceDown(body.path("forced_down").asBoolean());
    }
    return Reply.ok(Nodes.object().set("service", row(call, compute)));
  }

  private Reply zones(Call call) {
    ArrayNode rows = Nodes.array();
    zone(rows, "nova").putNull("hosts");
    return Reply.ok(Nodes.object().set("availabilityZoneInfo", rows));
  }

  private static ObjectNode zone(ArrayNode rows, String name) {
    ObjectNode row = rows.addObject().put("zoneName", name);
    row.putObject("zoneState").put("available", true);
    return row;
  }

  private Reply zonesWithHosts(Call call) {
    Instant now = cloud.now();
    ArrayNode rows = Nodes.array();
    ObjectNode central = zone(rows, "internal").putObject("hosts").putObject(CONTROLLER);
    CENTRAL.forEach(binary -> service(central, binary, true, now));
    ObjectNode hosts = zone(rows, "nova").putObject("hosts");
    for (Compute compute : cloud.computes()) {
      if (compute.isEnabled()) {
        service(
            hosts.putObject(compute.host().name()),
            "nova-compute",
            compute.isUp(now),
            compute.heard(now));
      }
    }
    return Reply.ok(Nodes.object().set("availabilityZoneInfo", rows));
  }

  private static void service(ObjectNode host, String binary, boolean up, Instant heard) {
    host.putObject(binary)
        .put("available", up)
        .put("active", true)
        .put("updated_at", Nodes.micros(heard));
  }
}
