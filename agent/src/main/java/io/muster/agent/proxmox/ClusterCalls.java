package io.muster.agent.proxmox;

import static io.muster.agent.proxmox.ApiClient.data;

import io.muster.agent.provider.Event;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Facts of the whole cluster. */
final class ClusterCalls {
  static final Duration CLUSTER_STATUS = Duration.ofSeconds(60);

  static final Duration HA = Duration.ofSeconds(60);

  static final Duration TASKS = Duration.ofSeconds(60);

  static final Duration CEPH = Duration.ofSeconds(60);

  static final Duration CEPH_ABSENT = Duration.ofHours(1);

  private final Members members;
  private final NodeRoutes routes;
  private final SlowFacts facts;
  private final TaskEvents tasks = new TaskEvents();

  ClusterCalls(Members members, NodeRoutes routes, SlowFacts facts) {
    this.members = members;
    this.routes = routes;
    this.facts = facts;
  }

  SlowCall status() {
    return new SlowCall(
        "cluster status",
        CLUSTER_STATUS,
        "quorum and members",
        cycle -> {
          var answer = members.askSlowly(cycle, "/cluster/status", data(ClusterStatus::read));
          return () -> {
            facts.cluster = answer.value();
            facts.clusterFactsReadAt = cycle.at();
            routes.learn(answer.value(), answer.at());
          };
        });
  }

  SlowCall ha() {
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

  SlowCall tasks(Resources resources) {
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

  SlowCall ceph() {
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

  private static boolean noCeph(CallException e) {
    String text = e.reason();
    return e.status() == 500
        && (text.contains("not installed") || text.contains("not initialized"));
  }

  private <T> T atEntry(Cycle cycle, String path, ApiClient.DataReader<T> reader)
      throws CallException {
    return members.askSlowly(cycle, path, data(reader)).value();
  }
}
