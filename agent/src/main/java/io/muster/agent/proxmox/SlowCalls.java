package io.muster.agent.proxmox;

import static io.muster.agent.proxmox.ApiClient.data;

import io.muster.agent.provider.Event;
import io.muster.protocol.Failure;
import io.muster.protocol.ProxmoxToken;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The slower questions: what is asked, how often, and what becomes of the answer. */
final class SlowCalls {
  static final Duration NODE_STATUS = Duration.ofSeconds(60);
  static final Duration PRESSURE = Duration.ofSeconds(60);
  static final Duration CLUSTER_STATUS = Duration.ofSeconds(60);
  static final Duration HA = Duration.ofSeconds(60);
  static final Duration TASKS = Duration.ofSeconds(60);
  static final Duration CEPH = Duration.ofSeconds(60);

  /** Five QMP queries to each running VM: whether a driver reports changes rarely. */
  static final Duration BALLOONS = Duration.ofMinutes(10);

  /** A listing of every backup, on a storage that may be slow. */
  static final Duration BACKUPS = Duration.ofMinutes(15);

  static final Duration BACKUP_JOBS = Duration.ofMinutes(15);
  static final Duration PRIVILEGES = Duration.ofMinutes(10);
  static final Duration VERSION = Duration.ofMinutes(10);
  static final Duration FINGERPRINTS = Duration.ofMinutes(10);
  static final Duration TOKEN = Duration.ofHours(1);
  static final Duration CEPH_ABSENT = Duration.ofHours(1);

  /** What is forbidden or not there yet stays so for a while. */
  static final Duration REFUSED = Duration.ofMinutes(10);

  static final String PRIVILEGES_KEY = "privileges";

  /** At the first look, pressure of the last minutes only. */
  private static final Duration FIRST_PRESSURE = Duration.ofMinutes(5);

  private final ProxmoxToken token;
  private final Members members;
  private final NodeRoutes routes;
  private final SlowFacts facts;
  private final boolean pinned;
  private final TaskEvents tasks = new TaskEvents();
  private final BackupGapEvents backupGaps = new BackupGapEvents();

  SlowCalls(
      ProxmoxToken token, Members members, NodeRoutes routes, SlowFacts facts, boolean pinned) {
    this.token = token;
    this.members = members;
    this.routes = routes;
    this.facts = facts;
    this.pinned = pinned;
  }

  /** All there is to ask of this cluster now, most needed first. */
  List<SlowCall> list(Resources resources, Instant now) {
    List<SlowCall> calls = new ArrayList<>();
    calls.add(clusterStatus());
    if (pinned) {
      calls.add(fingerprints());
    }
    calls.add(privileges());
    calls.add(version());
    List<String> online = online(resources, now);
    online.forEach(node -> calls.add(nodeStatus(node, routes.nearest(node, now))));
    calls.add(ha());
    calls.add(tasks(resources));
    calls.add(ceph());
    calls.add(tokenExpiry());
    online.stream()
        .filter(node -> hasRunningVm(resources, node))
        .forEach(node -> calls.add(balloons(node, routes.nearest(node, now))));
    if (facts.release != null && facts.release.atLeast(9, 0, 0)) {
      online.forEach(node -> calls.add(pressure(node, routes.nearest(node, now))));
    }
    calls.addAll(backups(resources, now));
    calls.add(backupJobs(resources));
    return calls;
  }

  /** Those worth asking: not the ones that hung lately. */
  private List<String> online(Resources resources, Instant now) {
    return resources.onlineNodes().stream()
        .filter(node -> routes.resting(node, now) == null)
        .toList();
  }

  SlowCall clusterStatus() {
    return new SlowCall(
        "cluster status",
        CLUSTER_STATUS,
        "quorum and members",
        cycle -> {
          Endpoint at = members.current();
          ClusterStatus status = cycle.askSlowly(at, "/cluster/status", data(ClusterStatus::read));
          return () -> {
            facts.cluster = status;
            facts.clusterFactsReadAt = cycle.at();
            routes.learn(status, at);
          };
        });
  }

  SlowCall privileges() {
    return new SlowCall(
        PRIVILEGES_KEY,
        PRIVILEGES,
        "privileges of the token",
        cycle -> {
          Privileges read = atEntry(cycle, "/access/permissions", Privileges::read);
          return () -> {
            facts.privileges = read;
            facts.privilegesReadAt = cycle.at();
          };
        });
  }

  SlowCall version() {
    return new SlowCall(
        "version",
        VERSION,
        "version",
        cycle -> {
          Release read = atEntry(cycle, "/version", Release::read);
          return () -> facts.release = read;
        });
  }

  SlowCall fingerprints() {
    return new SlowCall(
        "fingerprints",
        FINGERPRINTS,
        "fingerprints of the nodes' certificates",
        cycle -> {
          var read = atEntry(cycle, "/nodes", NodeReader::fingerprints);
          return () -> routes.learn(read);
        });
  }

  SlowCall tokenExpiry() {
    int bang = token.id().indexOf('!');
    String path = "/access/users/" + encode(token.id().substring(0, bang));
    String name = token.id().substring(bang + 1);
    return new SlowCall(
        "token",
        TOKEN,
        "expiry of the token",
        cycle -> {
          try {
            TokenExpiry read = atEntry(cycle, path, data -> TokenExpiry.read(data, name));
            return () -> facts.tokenExpiry = read;
          } catch (CallException e) {
            if (e.failure() != Failure.FORBIDDEN) {
              throw e;
            }
            // Monitoring misses nothing without it; a check says that it is not known.
            return () -> facts.tokenExpiry = null;
          }
        });
  }

  private SlowCall ha() {
    return new SlowCall(
        "HA",
        HA,
        "HA status",
        cycle -> {
          HaStatus read = atEntry(cycle, "/cluster/ha/status/current", HaStatus::read);
          return () -> {
            facts.ha = read;
            facts.clusterFactsReadAt = cycle.at();
          };
        });
  }

  private SlowCall tasks(Resources resources) {
    Set<String> vmIds =
        resources.guests().stream().map(Resources.Guest::vmId).collect(Collectors.toSet());
    String cluster = facts.clusterName(resources);
    return new SlowCall(
        "tasks",
        TASKS,
        "tasks",
        cycle -> {
          List<Event> read =
              atEntry(cycle, "/cluster/tasks", data -> TaskReader.read(data, cluster, vmIds));
          return () -> cycle.events.addAll(tasks.changed(read));
        });
  }

  private SlowCall ceph() {
    return new SlowCall(
        "ceph",
        facts.cephAbsent ? CEPH_ABSENT : CEPH,
        "Ceph status",
        cycle -> {
          try {
            CephStatus read = atEntry(cycle, "/cluster/ceph/status", CephStatus::read);
            return () -> {
              facts.cephAbsent = false;
              facts.cephHealth = read.health();
            };
          } catch (CallException e) {
            if (!noCeph(e)) {
              throw e;
            }
            return () -> {
              facts.cephAbsent = true;
              facts.cephHealth = null;
            };
          }
        });
  }

  private SlowCall nodeStatus(String node, Endpoint at) {
    return new SlowCall(
        "status " + node,
        NODE_STATUS,
        "load, kernel and version of node " + node,
        cycle -> {
          NodeStatusFacts read =
              cycle.askSlowly(
                  at, "/nodes/" + encode(node) + "/status", data(NodeStatusFacts::read));
          return () -> {
            facts.nodeStatus.put(node, read);
            facts.nodeStatusReadAt.put(node, cycle.at());
          };
        });
  }

  private SlowCall balloons(String node, Endpoint at) {
    return new SlowCall(
        "balloons " + node,
        BALLOONS,
        "memory source of the VMs of node " + node,
        cycle -> {
          Set<String> read =
              cycle.askSlowly(
                  at, "/nodes/" + encode(node) + "/qemu?full=1", data(NodeReader::ballooned));
          return () -> facts.ballooned.put(node, read);
        });
  }

  private SlowCall pressure(String node, Endpoint at) {
    return new SlowCall(
        "pressure " + node,
        PRESSURE,
        "pressure and ZFS cache of node " + node,
        cycle -> {
          List<RrdRow> read =
              cycle.askSlowly(
                  at,
                  "/nodes/" + encode(node) + "/rrddata?timeframe=hour&cf=AVERAGE",
                  data(RrdRow::read));
          return () -> takePressure(cycle, node, read);
        });
  }

  /** Each row once; not the one of the minute that is still being measured. */
  private void takePressure(Cycle cycle, String node, List<RrdRow> rows) {
    long last = cycle.now().getEpochSecond();
    long taken = facts.pressureTaken.getOrDefault(node, last - FIRST_PRESSURE.toSeconds());
    for (RrdRow row : rows) {
      if (row.endSecond() > taken && row.endSecond() + row.stepSeconds() <= last) {
        cycle.samples.add(SampleMaker.pressure(node, row));
        facts.pressureTaken.put(node, row.endSecond());
      }
    }
  }

  /** One node answers for a shared storage; a local one is its node's own. */
  private List<SlowCall> backups(Resources resources, Instant now) {
    List<SlowCall> calls = new ArrayList<>();
    Set<String> online = new HashSet<>(online(resources, now));
    Set<String> keys = new HashSet<>();
    for (Resources.Storage storage : resources.storages()) {
      String key = "backups " + (storage.shared() ? "" : storage.node() + "/") + storage.name();
      if (storage.content().contains("backup")
          && online.contains(storage.node())
          && storage.status().equals("available")
          && keys.add(key)) {
        calls.add(backup(key, storage, routes.nearest(storage.node(), now)));
      }
    }
    facts.forgetStoragesOtherThan(listedBackups(resources));
    return calls;
  }

  private static Set<String> listedBackups(Resources resources) {
    return resources.storages().stream()
        .map(row -> "backups " + (row.shared() ? "" : row.node() + "/") + row.name())
        .collect(Collectors.toSet());
  }

  private SlowCall backup(String key, Resources.Storage storage, Endpoint at) {
    return new SlowCall(
        key,
        BACKUPS,
        "age of the backups on storage " + storage.name(),
        cycle -> {
          Map<String, Instant> read =
              cycle.askSlowly(
                  at,
                  "/nodes/"
                      + encode(storage.node())
                      + "/storage/"
                      + encode(storage.name())
                      + "/content?content=backup",
                  data(BackupReader::newest));
          return () -> facts.backups.put(key, read);
        });
  }

  private SlowCall backupJobs(Resources resources) {
    String cluster = facts.clusterName(resources);
    return new SlowCall(
        "backup jobs",
        BACKUP_JOBS,
        "guests without a backup job",
        cycle -> {
          var read = atEntry(cycle, "/cluster/backup-info/not-backed-up", BackupReader::withoutJob);
          return () -> {
            Event event = backupGaps.changed(read, cluster, cycle.at());
            if (event != null) {
              cycle.events.add(event);
            }
          };
        });
  }

  private <T> T atEntry(Cycle cycle, String path, ApiClient.DataReader<T> reader)
      throws CallException {
    return cycle.askSlowly(members.current(), path, data(reader));
  }

  private static boolean hasRunningVm(Resources resources, String node) {
    return resources.guests().stream()
        .anyMatch(guest ->
            guest.node().equals(node)
                && guest.id().startsWith("qemu/")
                && guest.measures().get(Metric.UPTIME) > 0);
  }

  private static boolean noCeph(CallException e) {
    String text = e.reason();
    return e.status() == 500
        && (text.contains("not installed") || text.contains("not initialized"));
  }

  private static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
