package io.muster.agent.kubernetes;

import com.fasterxml.jackson.databind.ObjectReader;
import io.muster.agent.kubernetes.Shapes.CpuStats;
import io.muster.agent.kubernetes.Shapes.FileSystem;
import io.muster.agent.kubernetes.Shapes.MemoryStats;
import io.muster.agent.kubernetes.Shapes.NetworkStats;
import io.muster.agent.kubernetes.Shapes.NodeStats;
import io.muster.agent.kubernetes.Shapes.PodRef;
import io.muster.agent.kubernetes.Shapes.PodStats;
import io.muster.agent.kubernetes.Shapes.Psi;
import io.muster.agent.kubernetes.Shapes.Summary;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.MemorySource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** Asks the nodes' kubelets directly what they measured; never through the API server. */
final class Kubelets {
  /** A node that takes longer costs its own data and nothing else's. */
  static final Duration PATIENCE = Duration.ofSeconds(8);

  /** A site's line takes the answers of so many nodes at once. */
  private static final int AT_ONCE = 8;

  private static final ObjectReader READER = Json.reader(Summary.class);

  private final ApiClient client;

  Kubelets(ApiClient client) {
    this.client = client;
  }

  /**
   * What was read.
   *
   * @param problems why not, by node
   */
  record Answer(List<Usage> nodes, List<Usage> pods, Map<String, CallException> problems) {}

  /** Those that are silent are not asked. */
  Answer ask(Collection<Node> nodes, Deadline deadline, CallCounter calls)
      throws InterruptedException {
    Semaphore free = new Semaphore(AT_ONCE);
    Map<String, Future<Summary>> asked = new TreeMap<>();
    for (Node node : nodes) {
      URI kubelet = node.kubelet();
      if (kubelet != null && !node.lost()) {
        asked.put(
            node.name(),
            Transport.THREADS.submit(() -> {
              free.acquire();
              try {
                return client.get(
                    kubelet,
                    "/stats/summary",
                    reply -> READER.<Summary>readValue(reply.body()),
                    deadline.atMost(PATIENCE),
                    calls);
              } finally {
                free.release();
              }
            }));
      }
    }
    Answer answer = new Answer(new ArrayList<>(), new ArrayList<>(), new TreeMap<>());
    for (Map.Entry<String, Future<Summary>> one : asked.entrySet()) {
      try {
        read(one.getKey(), one.getValue().get(), answer);
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof CallException call)) {
          throw new IllegalStateException(e.getCause());
        }
        answer.problems().put(one.getKey(), call);
      }
    }
    return answer;
  }

  private static void read(String node, Summary summary, Answer answer) {
    NodeStats stats = summary.node();
    if (stats != null) {
      add(answer.nodes(), usage(node, stats.cpu(), stats.memory(), more(stats)));
    }
    for (PodStats pod : Shapes.list(summary.pods())) {
      PodRef ref = pod.podRef();
      if (ref != null && ref.namespace() != null && ref.name() != null) {
        add(
            answer.pods(),
            usage(Ids.pod(ref.namespace(), ref.name()), pod.cpu(), pod.memory(), more(pod)));
      }
    }
  }

  private static void add(List<Usage> all, @Nullable Usage usage) {
    if (usage != null) {
      all.add(usage);
    }
  }

  private static @Nullable Usage usage(
      String id, @Nullable CpuStats cpu, @Nullable MemoryStats memory, Usage.More more) {
    Instant at = cpu == null ? null : Json.time(cpu.time());
    if (cpu == null || at == null) {
      return null;
    }
    Long nanoCores = cpu.usageNanoCores();
    return new Usage(
        id,
        at,
        null,
        nanoCores == null ? null : Double.valueOf(nanoCores / 1e9),
        memory == null ? null : memory.workingSetBytes(),
        MemorySource.KUBELET,
        more);
  }

  private static Usage.More more(NodeStats stats) {
    NetworkStats network = stats.network();
    FileSystem disk = stats.fs();
    return new Usage.More(
        disk == null ? null : disk.usedBytes(),
        disk == null ? null : disk.capacityBytes(),
        network == null ? null : network.rxBytes(),
        network == null ? null : network.txBytes(),
        pressure(stats.cpu() == null ? null : stats.cpu().psi()),
        pressure(stats.memory() == null ? null : stats.memory().psi()),
        pressure(stats.io() == null ? null : stats.io().psi()));
  }

  private static Usage.More more(PodStats stats) {
    NetworkStats network = stats.network();
    FileSystem disk = stats.storage();
    return new Usage.More(
        disk == null ? null : disk.usedBytes(),
        null, // the node's, which all its pods share
        network == null ? null : network.rxBytes(),
        network == null ? null : network.txBytes(),
        null,
        null,
        null);
  }

  private static @Nullable Double pressure(@Nullable Psi psi) {
    Double percent = psi == null || psi.some() == null ? null : psi.some().avg10();
    return percent == null ? null : Double.valueOf(Math.min(1, percent / 100));
  }
}
