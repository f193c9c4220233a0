package io.muster.agent.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.agent.provider.Changes;
import io.muster.agent.provider.Event;
import io.muster.agent.provider.NodeStatus;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.VmState;
import io.muster.agent.provider.VmStatus;
import io.muster.agent.provider.VmType;
import io.muster.simulator.kubernetes.KubernetesSettings;
import io.muster.simulator.kubernetes.SimulatedKubernetes;
import io.muster.simulator.kubernetes.world.KubernetesWorld.PodDeed;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told between polls. */
final class WatchTest {
  private final Queue<Changes> told = new ConcurrentLinkedQueue<>();
  private SimulatedKubernetes cluster;
  private KubernetesProvider provider;
  private Snapshot first;

  @BeforeEach
  void start() throws Exception {
    cluster = SimulatedKubernetes.start(KubernetesSettings.forTests(3, 30).build());
    provider = Clusters.reader(cluster);
    provider.listen(told::add);
    first = provider.poll(Clusters.tick());
  }

  @AfterEach
  void stop() throws IOException {
    provider.close();
    cluster.close();
  }

  @Test
  void firstListing_isToldByThePollAlone() {
    assertThat(first.vms()).isNotEmpty();
    assertThat(told.stream().flatMap(changes -> changes.vms().stream())).isEmpty();
  }

  @Test
  void crashingPod_isToldWithKubernetesWord() throws Exception {
    VmState pod = somePod();
    befall(pod, PodDeed.CRASH);

    awaitVm(
        pod.vmId() + " crashes",
        state ->
            state.vmId().equals(pod.vmId())
                && state.status() == VmStatus.FAILED
                && "CrashLoopBackOff".equals(state.statusDetail())
                && state.restarts() != null
                && state.restarts() > 0);
    awaitEvent(
        "a warning of it",
        event ->
            pod.vmId().equals(event.vmId())
                && event.type().equals("BackOff")
                && event.severity() == Event.Severity.WARNING
                && event.count() != null);
  }

  @Test
  void podWhoseImageIsMissing_isToldAsFailed() throws Exception {
    VmState pod = somePod();
    befall(pod, PodDeed.IMAGE_PULL);

    awaitVm(
        pod.vmId() + " waits for its image",
        state ->
            state.vmId().equals(pod.vmId())
                && state.status() == VmStatus.FAILED
                && List.of("ImagePullBackOff", "ErrImagePull").contains(state.statusDetail()));
  }

  @Test
  void evictedPod_isToldAsFailed() throws Exception {
    VmState pod = somePod();
    befall(pod, PodDeed.EVICT);

    awaitVm(
        pod.vmId() + " is evicted",
        state ->
            state.vmId().equals(pod.vmId())
                && state.status() == VmStatus.FAILED
                && "Evicted".equals(state.statusDetail()));
  }

  @Test
  void deletedPod_isToldAsRemoved_andItsSuccessorAsNew() throws Exception {
    VmState pod = somePod();
    befall(pod, PodDeed.DELETE);

    awaitVm(
        pod.vmId() + " is gone",
        state -> state.vmId().equals(pod.vmId()) && state.status() == VmStatus.REMOVED);
    awaitVm(
        "its successor runs",
        state ->
            state.tags().equals(pod.tags())
                && state.status() == VmStatus.RUNNING
                && first.vms().stream().noneMatch(vm -> vm.vmId().equals(state.vmId())));
  }

  @Test
  void silentNode_takesItsPodsAlongUntilItIsHeardAgain() throws Exception {
    cluster.world().silence("node-2");
    awaitNode("node-2", NodeStatus.NOT_READY);
    List<String> pods = idsOn("node-2");
    for (String id : pods) {
      awaitVm(
          id + " is lost",
          state ->
              state.vmId().equals(id)
                  && state.status() == VmStatus.UNKNOWN
                  && "NodeLost".equals(state.statusDetail()));
    }
    told.clear();
    cluster.world().recover("node-2");
    awaitNode("node-2", NodeStatus.READY);
    awaitVm(
        "a pod is known again",
        state -> "node-2".equals(state.node()) && state.status() == VmStatus.RUNNING);
  }

  @Test
  void changes_areInTheOrderInWhichTheyWereSeen() throws Exception {
    VmState pod = somePod();
    befall(pod, PodDeed.CRASH);
    awaitVm("crash", state -> state.status() == VmStatus.FAILED);
    befall(pod, PodDeed.RECOVER);
    awaitVm(
        "recovery", state -> state.vmId().equals(pod.vmId()) && state.status() == VmStatus.RUNNING);
    Snapshot last = provider.poll(Clusters.tick());

    assertThat(told).extracting(Changes::revision).isSorted();
    assertThat(told)
        .extracting(Changes::revision)
        .allMatch(revision -> revision.isAfter(first.revision()))
        .allMatch(revision -> last.revision().isAfter(revision));
  }

  @Test
  void compaction_isFollowedByANewListThatTellsOnlyWhatChangedMeanwhile() throws Exception {
    cluster.compact();
    VmState pod = somePod();
    befall(pod, PodDeed.DELETE);

    awaitVm(
        pod.vmId() + " is gone",
        state -> state.vmId().equals(pod.vmId()) && state.status() == VmStatus.REMOVED);
    assertThat(
            told.stream()
                .flatMap(changes -> changes.vms().stream())
                .filter(vm -> vm.status() == VmStatus.REMOVED))
        .extracting(VmState::vmId)
        .containsOnly(pod.vmId());
  }

  @Test
  void closedProvider_endsItsWatchesAndTellsNothingAnyMore() throws Exception {
    assertThat(openWatches()).isNotEmpty();
    provider.close();
    // The simulator notices at its next bookmark that nobody listens.
    Clusters.until("no watch is open", () -> openWatches().isEmpty());
    befall(somePod(), PodDeed.DELETE);

    assertThat(told.stream().flatMap(changes -> changes.vms().stream())).isEmpty();
  }

  private Map<?, ?> openWatches() {
    return (Map<?, ?>) Objects.requireNonNull(cluster.statistics().get("watches"));
  }

  private VmState somePod() {
    return first.vms().stream()
        .filter(vm -> vm.type() == VmType.POD && vm.status() == VmStatus.RUNNING)
        .filter(vm -> vm.tags().stream().anyMatch(tag -> tag.startsWith("deployment=")))
        .findFirst()
        .orElseThrow();
  }

  private List<String> idsOn(String node) {
    return first.vms().stream().filter(vm -> node.equals(vm.node())).map(VmState::vmId).toList();
  }

  private void befall(VmState pod, PodDeed deed) {
    cluster
        .world()
        .befall(Objects.requireNonNull(pod.group()), Objects.requireNonNull(pod.name()), deed);
  }

  private void awaitVm(String what, Predicate<VmState> is) throws InterruptedException {
    Clusters.until(
        what, () -> told.stream().flatMap(changes -> changes.vms().stream()).anyMatch(is));
  }

  private void awaitEvent(String what, Predicate<Event> is) throws InterruptedException {
    Clusters.until(
        what, () -> told.stream().flatMap(changes -> changes.events().stream()).anyMatch(is));
  }

  private void awaitNode(String node, NodeStatus status) throws InterruptedException {
    Clusters.until(
        node + " is " + status,
        () ->
            told.stream()
                .flatMap(changes -> changes.nodes().stream())
                .anyMatch(state -> state.node().equals(node) && state.status() == status));
  }
}
