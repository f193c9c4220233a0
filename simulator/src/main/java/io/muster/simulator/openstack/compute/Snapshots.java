package io.muster.simulator.openstack.compute;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.simulator.openstack.access.Role;
import io.muster.simulator.openstack.access.Token;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Conditions;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.api.Reply;
import io.muster.simulator.openstack.api.Service;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.Project;
import io.muster.simulator.openstack.world.OpenStackWorld;
import java.util.LinkedHashMap;
import java.util.Map;

/** Images of machines. */
final class Snapshots {
  /** The first microversion that says the image's id in the body. */
  private static final int FIRST_WITH_ID = 45;

  private final OpenStackWorld world;
  private final Conditions conditions;

  Snapshots(OpenStackWorld world, Conditions conditions) {
    this.world = world;
    this.conditions = conditions;
  }

  /** Begins one. */
  Reply create(Call call, JsonNode with) throws InterruptedException {
    String name = with.path("name").asText("");
    if (name.isEmpty()) {
      throw Invalid.required("createImage", with, "name");
    }
    Instance machine = Found.mapped(world.cloud(), call);
    Servers.requireImages(conditions);
    String image = world.snapshot(machine, name, said(call, with), call.actor());
    if (call.microversion() >= FIRST_WITH_ID) {
      return Reply.of(202, Nodes.object().put("image_id", image));
    }
    return new Reply(202, "text/html; charset=UTF-8", Map.of(), null)
        .with("Location", call.base() + Service.IMAGE.path() + "/images/" + image);
  }

  /** What the image will say of who made it, and what they wanted it to say. */
  private Map<String, String> said(Call call, JsonNode with) {
    Map<String, String> properties = new LinkedHashMap<>();
    Token token = call.token();
    properties.put("owner_user_name", token.user().name());
    Project project = world.cloud().project(token.project());
    Role role = token.role();
    if (project != null && role != null) {
      properties.put("owner_project_name", project.name());
      properties.put("boot_roles", String.join(",", role.all().stream().map(Role::word).toList()));
    }
    with.path("metadata")
        .properties()
        .forEach(member -> properties.put(member.getKey(), member.getValue().asText()));
    return properties;
  }
}
