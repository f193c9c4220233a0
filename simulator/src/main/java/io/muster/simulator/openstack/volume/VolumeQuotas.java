package io.muster.simulator.openstack.volume;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.openstack.api.Call;
import io.muster.simulator.openstack.api.Nodes;
import io.muster.simulator.openstack.api.Reply;
import io.muster.simulator.openstack.model.Project;
import io.muster.simulator.openstack.model.Quota;
import io.muster.simulator.openstack.model.Volume;
import io.muster.simulator.openstack.world.Cloud;
import java.util.List;

/** What projects may have of volumes, and have. */
final class VolumeQuotas {
  private final Cloud cloud;

  VolumeQuotas(Cloud cloud) {
    this.cloud = cloud;
  }

  private record Used(int volumes, int gigabytes) {}

  private Used used(String project) {
    List<Volume> own =
        cloud.volumes().stream().filter(volume -> volume.project().equals(project)).toList();
    return new Used(own.size(), own.stream().mapToInt(Volume::sizeGb).sum());
  }

  private Quota quota(String project) {
    Project found = cloud.project(project);
    return found == null ? new Quota(0, 0, 0, 10, 1000) : found.quota();
  }

  Reply limits(Call call) {
    String project = call.token().project();
    Quota quota = quota(project);
    Used used = used(project);
    ObjectNode limits = Nodes.object();
    limits.set("rate", Nodes.array());
    limits
        .putObject("absolute")
        .put("maxTotalVolumes", quota.volumes())
        .put("maxTotalSnapshots", 10)
        .put("maxTotalVolumeGigabytes", quota.volumeGb())
        .put("maxTotalBackups", 10)
        .put("maxTotalBackupGigabytes", 1000)
        .put("totalVolumesUsed", used.volumes())
        .put("totalGigabytesUsed", used.gigabytes())
        .put("totalSnapshotsUsed", 0)
        .put("totalBackupsUsed", 0)
        .put("totalBackupGigabytesUsed", 0);
    return Reply.ok(Nodes.object().set("limits", limits));
  }

  Reply quotas(Call call) {
    String project = call.in("tenant");
    if (!project.equals(call.token().project())) {
      call.requireAdmin("volume_extension:quotas:show");
    }
    boolean withUsage = call.flag("usage");
    Quota quota = quota(project);
    Used used = used(project);
    ObjectNode set = Nodes.object().put("id", project);
    quota(set, "volumes", quota.volumes(), used.volumes(), withUsage);
    quota(set, "gigabytes", quota.volumeGb(), used.gigabytes(), withUsage);
    quota(set, "snapshots", 10, 0, withUsage);
    quota(set, "backups", 10, 0, withUsage);
    quota(set, "backup_gigabytes", 1000, 0, withUsage);
    quota(set, "per_volume_gigabytes", -1, 0, withUsage);
    quota(set, "groups", 10, 0, withUsage);
    return Reply.ok(Nodes.object().set("quota_set", set));
  }

  private static void quota(ObjectNode set, String name, int limit, int used, boolean withUsage) {
    if (withUsage) {
      set.putObject(name)
          .put("limit", limit)
          .put("in_use", used)
          .put("reserved", 0)
          .put("allocated", 0);
    } else {
      set.put(name, limit);
    }
  }
}
