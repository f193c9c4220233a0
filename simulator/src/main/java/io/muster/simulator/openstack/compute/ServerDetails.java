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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What of a machine comes after the basics: more with each microversion, less for members. */
final class ServerDetails {
  private static final String ATTRIBUTE = "OS-EXT-SRV-ATTR:";
  private static final String STATE = "OS-EXT-STS:";

  private final Cloud cloud;

  ServerDetails(Cloud cloud) {
    this.cloud = cloud;
  }

  /** Adds them. */
  void add(
      Call call,
      ObjectNode shown,
      Instance machine,
      InstanceState state,
      List<Volume> volumes,
      boolean inList) {
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
