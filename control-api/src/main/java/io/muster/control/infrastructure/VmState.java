package io.muster.control.infrastructure;

import io.micronaut.serde.annotation.Serdeable;
import io.muster.control.rows.Row;
import io.swagger.v3.oas.annotations.media.Schema;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a VM is, as its site's agent saw it last.
 *
 * @param vmId stable in its server: {@code qemu:101}, {@code pod:shop:web-1}
 * @param group Proxmox pool, Kubernetes namespace, OpenStack project
 * @param statusDetail the platform's own word
 * @param lockedBy what the platform does with it meanwhile; null = nothing
 * @param tags null = not known
 * @param template null = not known
 * @param seenAt when it was seen so
 */
@Serdeable
record VmState(
    @Schema(example = "qemu:101") String vmId,
    @Schema(example = "web-1") @Nullable String name,
    @Schema(example = "prod") @Nullable String cluster,
    @Schema(example = "pve-a") @Nullable String node,
    @Schema(example = "shop") @Nullable String group,
    @Schema(example = "qemu") @Nullable String type,
    @Schema(example = "running") String status,
    @Nullable String statusDetail,
    @Nullable String lockedBy,
    @Nullable List<String> tags,
    @Nullable Boolean template,
    @Nullable Integer restarts,
    @Nullable Integer replicasReady,
    @Nullable Integer replicasDesired,
    @Nullable Instant lastBackupAt,
    @Nullable Instant seenAt) {
  static final String COLUMNS =
      "v.server_id, v.vm_id, v.vm, v.cluster, v.node, v.vm_group, v.type, v.status,"
          + " v.status_detail, v.locked_by, v.tags, v.template, v.restarts, v.replicas_ready,"
          + " v.replicas_desired, v.last_backup_at, v.ts";

  VmState {
    tags = tags == null ? null : List.copyOf(tags);
  }

  static VmState read(Row row) throws SQLException {
    String template = row.text("template");
    return new VmState(
        row.name("vm_id"),
        row.text("vm"),
        row.text("cluster"),
        row.text("node"),
        row.text("vm_group"),
        row.text("type"),
        row.name("status"),
        row.text("status_detail"),
        row.text("locked_by"),
        row.list("tags"),
        template == null ? null : template.equals("yes"),
        row.count("restarts"),
        row.count("replicas_ready"),
        row.count("replicas_desired"),
        row.time("last_backup_at"),
        row.time("ts"));
  }

  /** The same of which nothing is known any more but that it was there. */
  VmState lost() {
    return new VmState(
        vmId,
        name,
        cluster,
        node,
        group,
        type,
        "unknown",
        null,
        lockedBy,
        tags,
        template,
        restarts,
        replicasReady,
        replicasDesired,
        lastBackupAt,
        seenAt);
  }
}
