package io.muster.simulator.openstack.compute;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.InstanceSpec;
import io.muster.simulator.openstack.model.InstanceState;
import io.muster.simulator.openstack.model.Volume;
import io.muster.simulator.openstack.world.Cloud;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Machines as the API shows them: what is in depends on the microversion and on who asks. */
final class ServerView {
  /** Nova tells progress in these only. */
  private static final Set<String> WITH_PROGRESS =
      Set.of("ACTIVE", "BUILD", "REBUILD", "RESIZE", "VERIFY_RESIZE", "MIGRATING");

  private final Cloud cloud;
  private final ServerDetails details;

  ServerView(Cloud cloud) {
    this.cloud = cloud;
    this.details = new ServerDetails(cloud);
  }

  /** Id, name and links. */
  ObjectNode brief(Call call, Instance machine) {
    ObjectNode shown = Nodes.object().put("id", machine.id()).put("name", machine.state().name());
    return shown.set("links", links(call, "servers", machine.id()));
  }

  static ArrayNode links(Call call, String kind, String id) {
    return Nodes.array()
        .add(Nodes.link("self", call.base() + "/compute/v2.1/" + kind + "/" + id))
        .add(bookmark(call, kind, id));
  }

  private static ObjectNode bookmark(Call call, String kind, String id) {
    return Nodes.link("bookmark", call.base() + "/compute/" + kind + "/" + id);
  }

  /** Each with all that a list has. */
  ArrayNode list(Call call, List<Instance> machines) {
    Map<String, List<Volume>> volumes = new HashMap<>();
    for (Volume volume : cloud.volumes()) {
      Volume.Attachment attachment = volume.attachment();
      if (attachment != null) {
        volumes.computeIfAbsent(attachment.machine(), _ -> new ArrayList<>()).add(volume);
      }
    }
    ArrayNode rows = Nodes.array();
    for (Instance machine : machines) {
      rows.add(whole(call, machine, volumes.getOrDefault(machine.id(), List.of()), true));
    }
    return rows;
  }

  /** With all that a single one has. */
  ObjectNode show(Call call, Instance machine) {
    ObjectNode shown = whole(call, machine, cloud.volumesOf(machine.id()), false);
    if (call.microversion() >= 71) {
      shown.set("server_groups", Nodes.array());
    }
    return shown;
  }

  /** What changes answer. */
  ObjectNode basics(Call call, Instance machine) {
    return basics(call, machine, machine.state(), false);
  }

  private ObjectNode basics(Call call, Instance machine, InstanceState state, boolean extended) {
    InstanceSpec spec = machine.spec();
    ObjectNode shown =
        Nodes.object()
            .put("id", spec.id())
            .put("name", state.name())
            .put("status", state.status())
            .put("tenant_id", spec.project())
            .put("user_id", spec.user());
    shown.set("metadata", Nodes.object());
    shown.put("hostId", HostIds.of(spec.project(), state.host()));
    ObjectNode image = shown.putObject("image").put("id", state.image());
    image.set("links", Nodes.array().add(bookmark(call, "images", state.image())));
    shown.set("flavor", flavor(call, state));
    shown
        .put("created", Nodes.seconds(spec.created()))
        .put("updated", Nodes.seconds(state.updated()));
    shown.set("addresses", addresses(spec, state, extended));
    shown.put("accessIPv4", "").put("accessIPv6", "");
    shown.set("links", links(call, "servers", spec.id()));
    shown.put("OS-DCF:diskConfig", "MANUAL");
    if (WITH_PROGRESS.contains(state.status())) {
      shown.put("progress", 0);
    }
    return shown;
  }

  private static ObjectNode flavor(Call call, InstanceState state) {
    String id = state.flavor().id();
    if (call.microversion() >= 47) {
      return Flavors.embedded(state.flavor());
    }
    ObjectNode flavor = Nodes.object().put("id", id);
    return flavor.set("links", Nodes.array().add(bookmark(call, "flavors", id)));
  }

  private ObjectNode addresses(InstanceSpec spec, InstanceState state, boolean extended) {
    ObjectNode addresses = Nodes.object();
    if (state.launched() != null && !state.isDeleted()) {
      ObjectNode address =
          addresses
              .putArray(cloud.network().name())
              .addObject()
              .put("version", 4)
              .put("addr", spec.port().address());
      if (extended) {
        address.put("OS-EXT-IPS:type", "fixed").put("OS-EXT-IPS-MAC:mac_addr", spec.port().mac());
      }
    }
    return addresses;
  }

  private ObjectNode whole(Call call, Instance machine, List<Volume> volumes, boolean inList) {
    InstanceState state = machine.state();
    ObjectNode shown = basics(call, machine, state, true);
    details.add(call, shown, machine, state, volumes, inList);
    return shown;
  }
}
