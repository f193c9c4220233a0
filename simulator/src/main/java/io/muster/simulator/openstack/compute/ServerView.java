package io.muster.simulator.openstack.compute;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.InstanceFault;
import io.muster.simulator.openstack.model.InstanceSpec;
import io.muster.simulator.openstack.model.InstanceState;
import io.muster.simulator.openstack.model.Lock;
import io.muster.simulator.openstack.model.TaskState;
import io.muster.simulator.openstack.model.VmState;
import io.muster.simulator.openstack.model.Volume;
import io.muster.simulator.openstack.world.Cloud;
import io.muster.simulator.openstack.world.Compute;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Machines as the API shows them: what is in depends on the microversion and on who asks. */
final class ServerView {
  /** Nova tells progress in these only. */
  private static final Set<String> WITH_PROGRESS =
      Set.of("ACTIVE", "BUILD", "REBUILD", "RESIZE", "VERIFY_RESIZE", "MIGRATING");

  private static final String ATTRIBUTE = "OS-EXT-SRV-ATTR:";
  private static final String STATE = "OS-EXT-STS:";

  private final Cloud cloud;

  ServerView(Cloud cloud) {
    this.cloud = cloud;
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
    fault(call, shown, state.fault(), inList);
    Compute compute = cloud.compute(state.host());
    shown
        .put("OS-EXT-AZ:availability_zone", compute == null ? "" : compute.host().zone())
        .put("config_drive", "")
        .putNull("key_name")
        .put("OS-SRV-USG:launched_at", Nodes.micros(state.launched()))
        .put("OS-SRV-USG:terminated_at", Nodes.micros(state.terminated()));
    attributes(call, shown, machine.spec(), state);
    TaskState task = state.task();
    shown
        .put(STATE + "task_state", task == null ? null : task.word())
        .put(STATE + "vm_state", state.vm().word())
        .put(STATE + "power_state", state.power().number());
    attached(call, shown, volumes);
    later(call, shown, machine, state, compute);
    boolean wasNeverPlaced = state.vm() == VmState.ERROR && state.host() == null;
    if (!state.isDeleted() && !wasNeverPlaced) {
      shown.putArray("security_groups").addObject().put("name", "default");
    }
    return shown;
  }

  private static void fault(
      Call call, ObjectNode shown, @Nullable InstanceFault fault, boolean inList) {
    if (fault == null || (inList && fault.beforeAnyCell())) {
      return;
    }
    ObjectNode node =
        shown
            .putObject("fault")
            .put("code", fault.code())
            .put("created", Nodes.seconds(fault.created()))
            .put("message", fault.message());
    if (call.isAdmin()) {
      node.put("details", fault.details());
    }
  }

  private static void attributes(
      Call call, ObjectNode shown, InstanceSpec spec, InstanceState state) {
    if (call.isAdmin()) {
      shown
          .put(ATTRIBUTE + "host", state.host())
          .put(ATTRIBUTE + "instance_name", spec.domain())
          .put(ATTRIBUTE + "hypervisor_hostname", state.host());
    }
    if (call.isAdmin() && call.microversion() >= 3) {
      shown
          .put(ATTRIBUTE + "reservation_id", "r-" + spec.id().substring(0, 8))
          .put(ATTRIBUTE + "launch_index", 0)
          .put(ATTRIBUTE + "hostname", spec.hostname())
          .put(ATTRIBUTE + "kernel_id", "")
          .put(ATTRIBUTE + "ramdisk_id", "")
          .put(ATTRIBUTE + "root_device_name", "/dev/vda")
          .putNull(ATTRIBUTE + "user_data");
    } else if (call.microversion() >= 90) {
      shown.put(ATTRIBUTE + "hostname", spec.hostname());
    }
  }

  private static void attached(Call call, ObjectNode shown, List<Volume> volumes) {
    ArrayNode attached = shown.putArray("os-extended-volumes:volumes_attached");
    for (Volume volume : volumes) {
      ObjectNode row = attached.addObject().put("id", volume.id());
      if (call.microversion() >= 3) {
        row.put("delete_on_termination", false);
      }
    }
  }

  /** What came with later microversions. */
  private void later(
      Call call,
      ObjectNode shown,
      Instance machine,
      InstanceState state,
      @Nullable Compute compute) {
    int minor = call.microversion();
    if (minor >= 9) {
      shown.put("locked", state.lock() != Lock.NONE);
    }
    if (minor >= 73) {
      shown.putNull("locked_reason");
    }
    if (minor >= 19) {
      shown.putNull("description");
    }
    if (minor >= 26) {
      ArrayNode tags = shown.putArray("tags");
      machine.spec().tags().forEach(tags::add);
    }
    if (minor >= 63) {
      shown.putNull("trusted_image_certificates");
    }
    if (minor >= 16 && call.isAdmin()) {
      shown.put("host_status", hostStatus(compute, cloud.now()));
    }
  }

  private static String hostStatus(@Nullable Compute compute, Instant now) {
    if (compute == null) {
      return "";
    }
    if (compute.isForcedDown()) {
      return "DOWN";
    }
    if (!compute.isEnabled()) {
      return "MAINTENANCE";
    }
    return compute.isUp(now) ? "UP" : "UNKNOWN";
  }
}
