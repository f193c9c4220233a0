package io.muster.agent.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.muster.agent.provider.Changes;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Event;
import io.muster.agent.provider.Gap;
import io.muster.agent.provider.MemorySource;
import io.muster.agent.provider.ProviderException;
import io.muster.agent.provider.ServerFacts;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.Tick;
import io.muster.agent.provider.VmSample;
import io.muster.agent.provider.VmState;
import io.muster.agent.provider.VmStatus;
import io.muster.agent.provider.VmType;
import io.muster.protocol.Failure;
import io.muster.simulator.kubernetes.KubernetesSettings;
import io.muster.simulator.kubernetes.SimulatedKubernetes;
import io.muster.simulator.kubernetes.world.KubernetesWorld.PodDeed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong costs what it must and nothing else, and nobody is falsely removed. */
final class FaultsTest {
  private final Queue<Changes> told = new ConcurrentLinkedQueue<>();
  private SimulatedKubernetes cluster;
  private KubernetesProvider provider;

  @BeforeEach
  void start() throws Exception {
    cluster = SimulatedKubernetes.start(KubernetesSettings.forTests(3, 30).build());
    provider = Clusters.reader(cluster);
    provider.listen(told::add);
  }

  @AfterEach
  void stop() throws IOException {
    provider.close();
    cluster.close();
    assertThat(
            told.stream()
                .flatMap(changes -> changes.nodes().stream())
                .map(node -> node.status().label()))
        .doesNotContain("removed");
  }

  @Test
  void cutWatches_areTakenUpWhereTheyWere() throws Exception {
    Snapshot before = provider.poll(Clusters.tick());
    cluster.faults().add("watch-cut");
    VmState pod = delete(before);

    awaitRemoval(pod);
    Snapshot after = provider.poll(Clusters.tick());
    assertThat(after.gaps()).isEmpty();
    assertThat(removed()).containsExactly(pod.vmId());
  }

  @Test
  void watchesThatAreCutForAWhile_areTakenUpAfterwards() throws Exception {
    Snapshot before = provider.poll(Clusters.tick());
    cluster.faults().add("watch-cut,times=12");
    VmState pod = delete(before);

    awaitRemoval(pod);
    assertThat(removed()).containsExactly(pod.vmId());
  }

  @Test
  void podsThatMayNoLongerBeWatched_areAGap_andNodesAreReadOn() throws Exception {
    provider.poll(Clusters.tick());
    long fault = cluster.faults().add("forbidden,resource=pods");
    cluster.faults().add("watch-cut");
    Clusters.until("forbidden", () -> hasGap("pods", Failure.FORBIDDEN));

    Snapshot snapshot = provider.poll(Clusters.tick());
    assertThat(snapshot.vmsComplete()).isFalse();
    assertThat(snapshot.nodesComplete()).isTrue();
    assertThat(snapshot.nodes()).hasSize(3);
    assertThat(snapshot.vms()).isNotEmpty().allMatch(vm -> vm.type() == VmType.DEPLOYMENT);

    cluster.faults().remove(fault);
    Clusters.until("allowed again", () -> poll().vmsComplete());
    assertThat(removed()).isEmpty();
  }

  @Test
  void clusterWithoutMetricsServer_hasWhatIsDeclaredAlone() throws Exception {
    cluster.faults().add("metrics-absent");
    Snapshot snapshot = provider.poll(Clusters.tick());

    assertThat(snapshot.gaps())
        .extracting(Gap::subject)
        .contains("usage of nodes", "usage of pods");
    assertThat(snapshot.gaps().getFirst().message()).contains("no metrics-server");
    assertThat(snapshot.samples())
        .filteredOn(VmSample.class::isInstance)
        .map(VmSample.class::cast)
        .isNotEmpty()
        .allMatch(sample -> sample.memorySource() == MemorySource.REQUESTS)
        .allMatch(sample -> sample.memoryUsedBytes() == null && sample.cpuUsageRatio() == null);
  }

  @Test
  void metricsServerThatDoesNotAnswer_costsTheSamplesAlone() throws Exception {
    cluster.faults().add("metrics-absent,how=down");
    Snapshot snapshot = provider.poll(Clusters.tick());

    assertThat(snapshot.gaps()).extracting(Gap::failure).containsOnly(Failure.OVERLOADED);
    assertThat(snapshot.samples()).isEmpty();
    assertThat(snapshot.vmsComplete()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "token-expired | UNAUTHORIZED",
        "status,status=429,retry-after=1 | OVERLOADED",
        "status,status=500 | UNEXPECTED_ANSWER",
        "dropped | UNREACHABLE",
        "refused | UNREACHABLE"
      })
  void serverThatFails_failsThePollAndIsReadAgainAfterwards(String fault, Failure failure)
      throws Exception {
    Snapshot before = provider.poll(Clusters.tick());
    long id = cluster.faults().add(fault);
    cluster.faults().add("watch-cut");
    ProviderException e = failure();
    assertThat(e.failure()).isEqualTo(failure);
    assertThat(e).hasMessageContaining("lab").hasMessageNotContaining(cluster.readerToken());

    cluster.faults().remove(id);
    Clusters.until("read again", () -> poll().gaps().isEmpty());
    assertThat(poll().vms()).hasSameSizeAs(before.vms());
    VmState pod = delete(before);
    awaitRemoval(pod);
    assertThat(removed()).containsExactly(pod.vmId());
  }

  @Test
  void listThatIsSlow_failsPollsUntilItIsWhole_andGoesOnMeanwhile() throws Exception {
    cluster.faults().add("slow,ms=3000,path=^/api/v1/pods");
    ProviderException e =
        catchThrowableOfType(
            ProviderException.class,
            () ->
                provider.poll(
                    new Tick(
                        Instant.now(),
                        Duration.ofSeconds(10),
                        Deadline.after(Duration.ofSeconds(2)))));

    assertThat(e.failure()).isEqualTo(Failure.DEADLINE_EXCEEDED);
    assertThat(e).hasMessageContaining("first listing of pods");
    assertThat(provider.poll(Clusters.tick()).vmsComplete()).isTrue();
  }

  @Test
  void listThatIsCutInTheMiddle_isReadAnew() throws Exception {
    cluster.faults().add("truncated,times=1,path=^/api/v1/pods");
    Clusters.until("read", () -> poll().vmsComplete());

    assertThat(removed()).isEmpty();
  }

  @Test
  void clockOfTheServer_thatIsFarOff_isAnEvent() throws Exception {
    provider.poll(Clusters.tick());
    long fault = cluster.faults().add("skew,offset=600");
    Snapshot skewed = provider.poll(Clusters.tick());
    cluster.faults().remove(fault);
    Snapshot right = provider.poll(Clusters.tick());

    assertThat(skewed.clockSkewMs()).isBetween(590_000L, 610_000L);
    assertThat(skewed.events())
        .filteredOn(event -> event.type().equals("clock-skew"))
        .extracting(Event::state)
        .containsExactly(Event.State.RUNNING);
    assertThat(right.events())
        .filteredOn(event -> event.type().equals("clock-skew"))
        .extracting(Event::state)
        .containsExactly(Event.State.OK);
  }

  private Snapshot poll() {
    try {
      return provider.poll(Clusters.tick());
    } catch (ProviderException e) {
      // Not yet: the caller waits, and says what for.
      return EMPTY;
    }
  }

  private static final Snapshot EMPTY =
      new Snapshot(
          ServerFacts.UNKNOWN,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          false,
          false,
          List.of(new Gap("everything", Failure.UNREACHABLE, "no poll")),
          0,
          null,
          null,
          null);

  private boolean hasGap(String subject, Failure failure) {
    return poll().gaps().stream()
        .anyMatch(gap -> gap.subject().equals(subject) && gap.failure() == failure);
  }

  private ProviderException failure() {
    return Objects.requireNonNull(
        catchThrowableOfType(ProviderException.class, () -> provider.poll(Clusters.tick())));
  }

  private VmState delete(Snapshot snapshot) {
    VmState pod =
        snapshot.vms().stream()
            .filter(vm -> vm.type() == VmType.POD && vm.status() == VmStatus.RUNNING)
            .findFirst()
            .orElseThrow();
    cluster
        .world()
        .befall(
            Objects.requireNonNull(pod.group()),
            Objects.requireNonNull(pod.name()),
            PodDeed.DELETE);
    return pod;
  }

  private void awaitRemoval(VmState pod) throws InterruptedException {
    Clusters.until(pod.vmId() + " is removed", () -> removed().contains(pod.vmId()));
  }

  private List<String> removed() {
    return told.stream()
        .flatMap(changes -> changes.vms().stream())
        .filter(vm -> vm.status() == VmStatus.REMOVED)
        .map(VmState::vmId)
        .toList();
  }
}
