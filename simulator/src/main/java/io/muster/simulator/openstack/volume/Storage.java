package io.muster.simulator.openstack.volume;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.api.Reply;
import io.muster.simulator.openstack.model.Pool;
import io.muster.simulator.openstack.model.Volume;
import io.muster.simulator.openstack.world.Cloud;

/** Where volumes lie, and who serves them. */
final class Storage {
  private final Cloud cloud;

  Storage(Cloud cloud) {
    this.cloud = cloud;
  }

  Reply services(Call call) {
    ArrayNode rows = Nodes.array();
    service(rows, "cinder-scheduler", "controller-01.cloud.example");
    for (Pool pool : cloud.pools()) {
      service(rows, "cinder-volume", pool.host())
          .put("replication_status", "disabled")
          .putNull("active_backend_id")
          .put("frozen", false);
    }
    return Reply.ok(Nodes.object().set("services", rows));
  }

  private ObjectNode service(ArrayNode rows, String binary, String host) {
    return rows.addObject()
        .put("binary", binary)
        .put("host", host)
        .put("zone", "nova")
        .put("status", "enabled")
        .put("state", "up")
        .put("updated_at", Nodes.micros(cloud.now()))
        .putNull("disabled_reason");
  }

  Reply pools(Call call) {
    ArrayNode rows = Nodes.array();
    for (Pool pool : cloud.pools()) {
      ObjectNode row = rows.addObject().put("name", pool.name());
      if (call.flag("detail")) {
        row.set("capabilities", capabilities(pool));
      }
    }
    return Reply.ok(Nodes.object().set("pools", rows));
  }

  private ObjectNode capabilities(Pool pool) {
    int allocated =
        cloud.volumes().stream()
            .filter(volume -> volume.pool().equals(pool.name()))
            .mapToInt(Volume::sizeGb)
            .sum();
    return Nodes.object()
        .put("volume_backend_name", pool.backend())
        .put("vendor_name", "Open Source")
        .put("driver_version", "1.3.0")
        .put("storage_protocol", pool.backend().equals("ceph") ? "ceph" : "iSCSI")
        .put("total_capacity_gb", pool.totalGb())
        .put("free_capacity_gb", pool.totalGb() - pool.baseUsedGb() - allocated)
        .put("reserved_percentage", 0)
        .put("multiattach", true)
        .put("thin_provisioning_support", false)
        .put("allocated_capacity_gb", allocated)
        .putNull("filter_function")
        .putNull("goodness_function")
        .put("timestamp", Nodes.micros(cloud.now()));
  }
}
