package io.muster.agent.proxmox;

import static io.muster.agent.proxmox.ApiClient.data;

import io.muster.agent.provider.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which guests have backups, how old, and which are in no backup job. */
final class BackupCalls {
  /** A listing of every backup, on a storage that may be slow. */
  static final Duration BACKUPS = Duration.ofMinutes(15);

  static final Duration BACKUP_JOBS = Duration.ofMinutes(15);

  private final Members members;
  private final NodeRoutes routes;
  private final SlowFacts facts;
  private final BackupGapEvents backupGaps = new BackupGapEvents();

  BackupCalls(Members members, NodeRoutes routes, SlowFacts facts) {
    this.members = members;
    this.routes = routes;
    this.facts = facts;
  }

  /** One node answers for a shared storage; a local one is its node's own. */
  List<SlowCall> backups(Resources resources, List<String> online, Instant now) {
    List<SlowCall> calls = new ArrayList<>();
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
                      + SlowCalls.encode(storage.node())
                      + "/storage/"
                      + SlowCalls.encode(storage.name())
                      + "/content?content=backup",
                  data(BackupReader::newest));
          return () -> facts.backups.put(key, read);
        });
  }

  SlowCall jobs(Resources resources) {
    String cluster = facts.clusterName(resources);
    return new SlowCall(
        "backup jobs",
        BACKUP_JOBS,
        "guests without a backup job",
        cycle -> {
          var read =
              members
                  .askSlowly(
                      cycle, "/cluster/backup-info/not-backed-up", data(BackupReader::withoutJob))
                  .value();
          return () -> {
            Event event = backupGaps.changed(read, cluster, cycle.at());
            if (event != null) {
              cycle.events.add(event);
            }
          };
        });
  }
}
