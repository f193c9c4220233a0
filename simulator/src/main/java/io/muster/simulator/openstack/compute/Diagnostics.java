package io.muster.simulator.openstack.compute;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.api.Reply;
import io.muster.simulator.openstack.api.Route;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.InstanceState;
import io.muster.simulator.openstack.model.PowerState;
import io.muster.simulator.openstack.model.Refusal;
import io.muster.simulator.openstack.world.Cloud;
import io.muster.simulator.openstack.world.Guest;
import io.muster.simulator.openstack.world.OpenStackWorld;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a guest used, in libvirt's shape: its host is asked by RPC. */
final class Diagnostics {
  private static final int PACKET_BYTES = 1250;

  /** What the balloon driver leaves to the guest of what the host gives. */
  private static final double AVAILABLE = 0.97;

  private final OpenStackWorld world;
  private final Cloud cloud;

  Diagnostics(OpenStackWorld world) {
    this.world = world;
    this.cloud = world.cloud();
  }

  List<Route> routes() {
    return List.of(
        Route.admin(
            "GET",
            "/v2.1/servers/{server}/diagnostics",
            "os_compute_api:os-server-diagnostics",
            this::answer));
  }

  private Reply answer(Call call) throws InterruptedException {
    Instance machine = Found.machine(cloud, call);
    String host = machine.state().host();
    if (host == null) {
      throw new Refusal(409, "Instance " + machine.id() + " is not ready");
    }
    world.requireAnswer(host);
    InstanceState state = machine.state();
    Instant booted = state.booted();
    if (state.power() != PowerState.RUNNING || booted == null) {
      throw new Refusal(
          409,
          "Cannot 'get_diagnostics' instance %s while it is in power state %s"
              .formatted(machine.id(), state.power().word()));
    }
    Guest guest = cloud.guest(machine);
    Instant now = cloud.now();
    return Reply.ok(
        call.microversion() >= 48
            ? schema(machine, state, guest, booted, now)
            : libvirt(machine, state, guest, booted, now));
  }

  /** Up to 2.47: whatever the driver has, with sizes in KiB. */
  private static ObjectNode libvirt(
      Instance machine, InstanceState state, Guest guest, Instant booted, Instant now) {
    ObjectNode shown = Nodes.object();
    for (int i = 0; i < state.flavor().vcpus(); i++) {
      shown.put("cpu" + i + "_time", guest.cpuNanos(booted, now));
    }
    shown
        .put("vda_read_req", guest.diskReads(booted, now))
        .put("vda_read", guest.diskReadBytes(booted, now))
        .put("vda_write_req", guest.diskWrites(booted, now))
        .put("vda_write", guest.diskWrittenBytes(booted, now))
        .put("vda_errors", -1);
    String tap = "tap" + machine.spec().port().id().substring(0, 11);
    direction(shown, tap + "_rx", guest.receivedBytes(booted, now));
    direction(shown, tap + "_tx", guest.sentBytes(booted, now));
    memory(shown, state.flavor().ramMb() * 1024L, guest.memory(now));
    return shown.put("memory-last_update", now.getEpochSecond());
  }

  private static void direction(ObjectNode shown, String name, long bytes) {
    shown
        .put(name, bytes)
        .put(name + "_packets", bytes / PACKET_BYTES)
        .put(name + "_errors", 0)
        .put(name + "_drop", 0);
  }

  private static void memory(ObjectNode shown, long kib, double used) {
    double available = kib * AVAILABLE;
    shown
        .put("memory", kib)
        .put("memory-actual", kib)
        .put("memory-available", (long) available)
        .put("memory-unused", (long) (available * (1 - used)))
        .put("memory-usable", (long) (available * (1 - 0.9 * used)))
        .put("memory-rss", (long) (kib * Math.min(1, used + 0.1)))
        .put("memory-swap_in", 0)
        .put("memory-swap_out", 0);
  }

  /** From 2.48 on: the same for all drivers. libvirt's memory is in GiB, whatever is documented. */
  private static ObjectNode schema(
      Instance machine, InstanceState state, Guest guest, Instant booted, Instant now) {
    int vcpus = state.flavor().vcpus();
    ObjectNode shown =
        Nodes.object()
            .put("state", "running")
            .put("driver", "libvirt")
            .put("hypervisor", "kvm")
            .put("hypervisor_os", "linux")
            .put("uptime", Duration.between(booted, now).toSeconds())
            .put("config_drive", false)
            .put("num_cpus", vcpus)
            .put("num_nics", 1)
            .put("num_disks", 1);
    shown
        .putArray("disk_details")
        .addObject()
        .put("read_bytes", guest.diskReadBytes(booted, now))
        .put("read_requests", guest.diskReads(booted, now))
        .put("write_bytes", guest.diskWrittenBytes(booted, now))
        .put("write_requests", guest.diskWrites(booted, now))
        .put("errors_count", -1);
    ArrayNode cpus = shown.putArray("cpu_details");
    for (int i = 0; i < vcpus; i++) {
      cpus.addObject().put("id", i).put("time", guest.cpuNanos(booted, now)).putNull("utilisation");
    }
    ObjectNode nic =
        shown.putArray("nic_details").addObject().put("mac_address", machine.spec().port().mac());
    octets(nic, "rx", guest.receivedBytes(booted, now));
    octets(nic, "tx", guest.sentBytes(booted, now));
    int gib = Math.max(1, state.flavor().ramMb() / 1024);
    shown.putObject("memory_details").put("maximum", gib).put("used", gib);
    return shown;
  }

  private static void octets(ObjectNode nic, String direction, long bytes) {
    nic.put(direction + "_octets", bytes)
        .put(direction + "_errors", 0)
        .put(direction + "_drop", 0)
        .put(direction + "_packets", bytes / PACKET_BYTES)
        .putNull(direction + "_rate");
  }
}
