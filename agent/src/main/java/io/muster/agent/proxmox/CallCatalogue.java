package io.muster.agent.proxmox;

import static io.muster.agent.proxmox.TextKind.ADDRESS;
import static io.muster.agent.proxmox.TextKind.FINGERPRINT;
import static io.muster.agent.proxmox.TextKind.GRANT_PATH;
import static io.muster.agent.proxmox.TextKind.ID;
import static io.muster.agent.proxmox.TextKind.MESSAGE;
import static io.muster.agent.proxmox.TextKind.NODE;
import static io.muster.agent.proxmox.TextKind.NUMBER;
import static io.muster.agent.proxmox.TextKind.POOL;
import static io.muster.agent.proxmox.TextKind.PRODUCT;
import static io.muster.agent.proxmox.TextKind.STORAGE;
import static io.muster.agent.proxmox.TextKind.SUBJECT;
import static io.muster.agent.proxmox.TextKind.TAGS;
import static io.muster.agent.proxmox.TextKind.TOKEN;
import static io.muster.agent.proxmox.TextKind.UPID;
import static io.muster.agent.proxmox.TextKind.USER;
import static io.muster.agent.proxmox.TextKind.VM;
import static io.muster.agent.proxmox.TextKind.VOLUME;
import static io.muster.agent.proxmox.TextKind.WORD;

import io.muster.agent.provider.ApiCall;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every call that polling and checking make, and what is known of its answer. */
final class CallCatalogue {
  private static final String AUDIT = "Sys.Audit on /";
  private static final String NODE_AUDIT = "Sys.Audit on /nodes/{node}";
  private static final String NONE = "nothing";

  static final List<KnownCall> CALLS =
      List.of(
          call(
              "/cluster/resources",
              "nodes, guests, storages and their states",
              "VM.Audit, Datastore.Audit, Sys.Audit and Pool.Audit on each object, else it is not"
                  + " listed",
              null,
              new Shape()
                  .texts(
                      WORD, "type", "status", "level", "plugintype", "content", "hastate", "lock")
                  .texts(WORD, "network-type", "zone-type", "protocol")
                  .texts(ID, "id")
                  .texts(NODE, "node")
                  .texts(VM, "name")
                  .texts(POOL, "pool")
                  .texts(STORAGE, "storage")
                  .texts(TAGS, "tags")),
          call(
              "/cluster/metrics/export",
              "samples of nodes and guests",
              AUDIT,
              null,
              new Shape().texts(ID, "data.id").texts(WORD, "data.metric", "data.type")),
          call(
              "/cluster/status",
              "quorum, name of the cluster, addresses of the nodes",
              AUDIT,
              ClusterCalls.CLUSTER_STATUS,
              new Shape()
                  .texts(WORD, "type", "level")
                  .texts(ID, "id")
                  .texts(NODE, "name")
                  .texts(ADDRESS, "ip")),
          call(
              "/cluster/ha/status/current",
              "errors of HA",
              AUDIT,
              ClusterCalls.HA,
              new Shape()
                  .texts(WORD, "type", "state", "crm_state", "request_state", "armed-state")
                  .texts(ID, "id", "sid")
                  .texts(NODE, "node")
                  .texts(MESSAGE, "status")),
          call(
              "/cluster/tasks",
              "events",
              "nothing; Sys.Audit on / for other users' tasks",
              ClusterCalls.TASKS,
              new Shape()
                  .texts(WORD, "type")
                  .texts(UPID, "upid")
                  .texts(NODE, "node")
                  .texts(USER, "user")
                  .texts(TOKEN, "tokenid")
                  .texts(SUBJECT, "id")
                  .texts(NUMBER, "saved", "pid", "pstart")
                  .texts(MESSAGE, "status")),
          call(
              "/cluster/ceph/status",
              "health of Ceph",
              "Sys.Audit or Datastore.Audit on /",
              ClusterCalls.CEPH,
              new Shape().texts(WORD, "health.status")),
          call(
              "/cluster/backup-info/not-backed-up",
              "guests in no backup job",
              AUDIT,
              BackupCalls.BACKUP_JOBS,
              new Shape().texts(WORD, "type").texts(VM, "name").texts(NUMBER, "vmid")),
          call(
              "/nodes/{node}/status",
              "load, kernel, version, CPU model",
              NODE_AUDIT,
              NodeCalls.NODE_STATUS,
              new Shape()
                  .texts(PRODUCT, "pveversion", "kversion", "cpuinfo.model")
                  .texts(PRODUCT, "current-kernel.release", "current-kernel.version")
                  .texts(WORD, "current-kernel.sysname", "current-kernel.machine", "boot-info.mode")
                  .texts(NUMBER, "loadavg", "cpuinfo.mhz", "cpuinfo.hvm")
                  .structures("memory", "swap", "rootfs", "ksm")),
          call(
              "/nodes/{node}/rrddata",
              "pressure and ZFS cache (Proxmox VE 9), long gaps with MUSTER_BACKFILL_HOURS",
              NODE_AUDIT,
              NodeCalls.PRESSURE,
              new Shape()),
          call(
              "/nodes/{node}/qemu/{vmid}/rrddata",
              "gaps longer than 30 minutes, with MUSTER_BACKFILL_HOURS",
              "VM.Audit on /vms/{vmid}",
              Backfill.PERIOD,
              new Shape()),
          call(
              "/nodes/{node}/lxc/{vmid}/rrddata",
              "gaps longer than 30 minutes, with MUSTER_BACKFILL_HOURS",
              "VM.Audit on /vms/{vmid}",
              Backfill.PERIOD,
              new Shape()),
          call(
              "/nodes/{node}/qemu",
              "where a VM's memory figure comes from",
              "VM.Audit on /vms/{vmid}",
              NodeCalls.BALLOONS,
              new Shape()
                  .texts(WORD, "status", "qmpstatus", "lock")
                  .texts(VM, "name")
                  .texts(TAGS, "tags")
                  .texts(NUMBER, "vmid", "pid")
                  .texts(PRODUCT, "running-machine", "running-qemu")
                  .structures("ballooninfo")),
          call(
              "/nodes/{node}/storage/{storage}/content",
              "age of the backups",
              "Datastore.Audit or Datastore.AllocateSpace on /storage/{storage}",
              BackupCalls.BACKUPS,
              new Shape()
                  .texts(VOLUME, "volid")
                  .texts(WORD, "content", "format", "subtype", "verification.state")
                  .texts(UPID, "verification.upid")
                  .texts(NUMBER, "vmid")),
          call(
              "/access/permissions",
              "what the token may see",
              NONE,
              AccessCalls.PRIVILEGES,
              new Shape().map(GRANT_PATH, Shape.TOP)),
          call(
              "/version",
              "release",
              NONE,
              AccessCalls.VERSION,
              new Shape().texts(PRODUCT, "version", "release", "repoid").texts(WORD, "console")),
          call(
              "/nodes",
              "certificates of all nodes, and which entries are one cluster",
              NONE,
              AccessCalls.FINGERPRINTS,
              new Shape()
                  .texts(WORD, "status", "type", "level")
                  .texts(ID, "id")
                  .texts(NODE, "node")
                  .texts(FINGERPRINT, "ssl_fingerprint")),
          call(
              "/access/users/{user}",
              "expiry of the token",
              "Sys.Audit or User.Modify on /access/groups",
              AccessCalls.TOKEN,
              new Shape().map(TOKEN, "tokens")));

  private CallCatalogue() {}

  /** Which call a path below {@code /api2/json} is; null = none of ours. */
  static @Nullable KnownCall of(String path) {
    return CALLS.stream().filter(call -> call.matches(path)).findFirst().orElse(null);
  }

  private static KnownCall call(
      String path, String purpose, String privilege, @Nullable Duration period, Shape shape) {
    return new KnownCall(new ApiCall("GET", path, purpose, privilege, period), shape);
  }
}
