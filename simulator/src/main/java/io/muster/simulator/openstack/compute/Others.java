package io.muster.simulator.openstack.compute;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.api.Reply;
import io.muster.simulator.openstack.api.Route;
import io.muster.simulator.openstack.world.Cloud;
import java.util.List;

/** What is asked of Nova now and then: keys, aggregates, and what this cloud has none of. */
final class Others {
  /** So many hosts stand in the first rack. */
  private static final int RACK = 4;

  private final Cloud cloud;

  Others(Cloud cloud) {
    this.cloud = cloud;
  }

  List<Route> routes() {
    return List.of(
        Route.user("GET", "/v2.1/os-keypairs", this::keys),
        Route.admin(
            "GET", "/v2.1/os-aggregates", "os_compute_api:os-aggregates:index", this::aggregates),
        Route.admin(
            "GET",
            "/v2.1/os-migrations",
            "os_compute_api:os-migrations:index",
            call -> none("migrations")),
        Route.user("GET", "/v2.1/os-server-groups", call -> none("server_groups")));
  }

  private static Reply none(String name) {
    return Reply.ok(Nodes.object().set(name, Nodes.array()));
  }

  private Reply keys(Call call) {
    String user = call.token().user().id();
    ObjectNode key =
        Nodes.object()
            .put("name", call.token().user().name() + "-key")
            .put("public_key", "ssh-ed25519 " + cloud.ids().hex("key-" + user, 0))
            .put("fingerprint", fingerprint(user));
    if (call.microversion() >= 2) {
      key.put("type", "ssh");
    }
    ObjectNode row = Nodes.object().set("keypair", key);
    return Reply.ok(Nodes.object().set("keypairs", Nodes.array().add(row)));
  }

  private String fingerprint(String user) {
    String hex = cloud.ids().hex("fingerprint-" + user, 0);
    return hex.replaceAll("(..)(?!$)", "$1:");
  }

  private Reply aggregates(Call call) {
    ObjectNode row = Nodes.object().put("id", 1).put("name", "rack-1").putNull("availability_zone");
    ArrayNode hosts = row.putArray("hosts");
    cloud.computes().stream().limit(RACK).forEach(compute -> hosts.add(compute.host().name()));
    row.putObject("metadata");
    row.put("created_at", Nodes.micros(cloud.begun()))
        .putNull("updated_at")
        .putNull("deleted_at")
        .put("deleted", false);
    if (call.microversion() >= 41) {
      row.put("uuid", cloud.ids().uuid("aggregate", 1));
    }
    return Reply.ok(Nodes.object().set("aggregates", Nodes.array().add(row)));
  }
}
