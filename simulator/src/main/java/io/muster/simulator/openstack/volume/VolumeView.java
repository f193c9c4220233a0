package io.muster.simulator.openstack.volume;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.Volume;
import io.muster.simulator.openstack.world.Cloud;

/** Volumes as the API shows them. */
final class VolumeView {
  private final Cloud cloud;

  VolumeView(Cloud cloud) {
    this.cloud = cloud;
  }

  static ObjectNode brief(Call call, Volume volume) {
    ObjectNode row = Nodes.object().put("id", volume.id()).put("name", volume.name());
    return row.set("links", links(call, volume));
  }

  private static ArrayNode links(Call call, Volume volume) {
    String rest = call.token().project() + "/volumes/" + volume.id();
    return Nodes.array()
        .add(Nodes.link("self", call.base() + "/volume/v3/" + rest))
        .add(Nodes.link("bookmark", call.base() + "/volume/" + rest));
  }

  ObjectNode whole(Call call, Volume volume) {
    ObjectNode row =
        Nodes.object()
            .put("id", volume.id())
            .put("status", volume.status())
            .put("size", volume.sizeGb())
            .put("availability_zone", "nova")
            .put("created_at", Nodes.micros(volume.created()))
            .put("updated_at", Nodes.micros(volume.updated()))
            .put("name", volume.name())
            .putNull("description")
            .put("volume_type", "__DEFAULT__")
            .putNull("snapshot_id")
            .putNull("source_volid");
    row.set("metadata", Nodes.object());
    row.set("links", links(call, volume));
    row.put("user_id", volume.user())
        .put("bootable", "false")
        .put("encrypted", false)
        .putNull("replication_status")
        .putNull("consistencygroup_id")
        .put("multiattach", false);
    row.set("attachments", attachments(call, volume));
    row.put("os-vol-tenant-attr:tenant_id", volume.project());
    if (call.isAdmin()) {
      row.putNull("migration_status")
          .putNull("os-vol-mig-status-attr:migstat")
          .putNull("os-vol-mig-status-attr:name_id")
          .put("os-vol-host-attr:host", volume.pool());
    }
    return row;
  }

  private ArrayNode attachments(Call call, Volume volume) {
    ArrayNode rows = Nodes.array();
    Volume.Attachment attachment = volume.attachment();
    if (attachment != null) {
      Instance machine = cloud.instance(attachment.machine());
      String host = machine == null || !call.isAdmin() ? null : machine.state().host();
      rows.addObject()
          .put("id", volume.id())
          .put("attachment_id", attachment.id())
          .put("volume_id", volume.id())
          .put("server_id", attachment.machine())
          .put("host_name", host)
          .put("device", attachment.device())
          .put("attached_at", Nodes.micros(attachment.since()));
    }
    return rows;
  }
}
