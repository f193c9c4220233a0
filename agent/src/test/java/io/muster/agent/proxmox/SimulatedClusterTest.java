package io.muster.agent.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.agent.provider.CheckReport;
import io.muster.agent.provider.ClusterSample;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Event;
import io.muster.agent.provider.Gap;
import io.muster.agent.provider.MemorySource;
import io.muster.agent.provider.NodeSample;
import io.muster.agent.provider.NodeState;
import io.muster.agent.provider.NodeStatus;
import io.muster.agent.provider.ProviderException;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.StorageSample;
import io.muster.agent.provider.Tick;
import io.muster.agent.provider.VmSample;
import io.muster.agent.provider.VmState;
import io.muster.agent.provider.VmStatus;
import io.muster.agent.provider.VmType;
import io.muster.protocol.Failure;
import io.muster.protocol.Fingerprint;
import io.muster.protocol.ProxmoxServer;
import io.muster.protocol.ProxmoxToken;
import io.muster.simulator.proxmox.ProxmoxSettings;
import io.muster.simulator.proxmox.SimulatedProxmox;
import io.muster.simulator.proxmox.access.ApiToken;
import io.muster.simulator.proxmox.access.Grant;
import io.muster.simulator.proxmox.faults.FaultOrder;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver at a simulated cluster. */
final class SimulatedClusterTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Enough polls for everything of the rota to have had its first turn. */
  private static final int FIRST_ROUND = 30;

  private static SimulatedProxmox cluster(String release, int nodes, int guests)
      throws IOException {
    return SimulatedProxmox.start(ProxmoxSettings.forTests(release, nodes).guests(guests).build());
  }

  /** One that measures every second. */
  private static SimulatedProxmox eager(String release, int nodes, int guests) throws IOException {
    return SimulatedProxmox.start(
        ProxmoxSettings.forTests(release, nodes)
            .guests(guests)
            .tune(world -> world.samplePeriod(Duration.ofSeconds(1)))
            .build());
  }

  private static Tick tick() {
    return new Tick(
        Instant.ofEpochSecond(Instant.now().getEpochSecond()),
        Duration.ofSeconds(10),
        Deadline.after(PATIENCE));
  }

  /** Polls until all that was seen so far is enough. */
  private static List<Snapshot> pollUntil(
      ProxmoxProvider provider, Predicate<List<Snapshot>> enough) throws Exception {
    List<Snapshot> seen = new ArrayList<>();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      seen.add(provider.poll(tick()));
      if (enough.test(seen)) {
        return seen;
      }
    }
    throw new AssertionError("not seen in " + seen.size() + " polls: " + seen.getLast());
  }

  private static <T> Stream<T> samples(List<Snapshot> snapshots, Class<T> type) {
    return snapshots.stream()
        .flatMap(snapshot -> snapshot.samples().stream())
        .filter(type::isInstance)
        .map(type::cast);
  }

  @ParameterizedTest
  @CsvSource({"8.4, 5, 20", "9.2, 5, 170", "9.2, 1, 4"})
  void poll_staysWithinItsCalls(String release, int nodes, int guests) throws Exception {
    int room = Math.max(2, nodes / 2);
    try (SimulatedProxmox cluster = cluster(release, nodes, guests);
        ProxmoxProvider provider = Servers.reader(cluster)) {
      int calls = 0;
      for (int i = 0; i < FIRST_ROUND; i++) {
        Snapshot snapshot = provider.poll(tick());
        assertThat(snapshot.gaps()).isEmpty();
        assertThat(snapshot.vms()).hasSize(guests);
        assertThat(snapshot.apiCalls()).isBetween(1 + nodes, 1 + nodes + room);
        calls = snapshot.apiCalls();
      }
      assertThat(calls).as("once every slow fact is known").isEqualTo(1 + nodes);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.4", "9.2"})
  void poll_givesRatesOnceTwoGenerationsAreKnown(String release) throws Exception {
    try (SimulatedProxmox cluster = eager(release, 2, 12);
        ProxmoxProvider provider = Servers.reader(cluster)) {
      List<Snapshot> seen =
          pollUntil(
              provider,
              all ->
                  all.size() > 20
                      && samples(all, VmSample.class)
                          .anyMatch(s -> s.networkReceiveBytesPerSecond() != null)
                      && samples(all, VmSample.class)
                          .anyMatch(s -> s.memorySource() == MemorySource.BALLOON));

      assertThat(samples(seen, NodeSample.class).filter(s -> s.cpuCores() != null))
          .anySatisfy(sample -> {
            assertThat(sample.sampleSeconds()).isEqualTo(1);
            assertThat(sample.cpuUsageRatio()).isBetween(0.0, 1.0);
            assertThat(sample.load1()).isNotNull();
            assertThat(sample.networkReceiveBytesPerSecond()).isNotNegative();
            assertThat(sample.memoryTotalBytes()).isGreaterThan(1L << 30);
          });
      assertThat(samples(seen, VmSample.class))
          .allSatisfy(sample -> assertThat(sample.ts().toEpochMilli() % 1000).isZero())
          .filteredOn(sample -> sample.vmId().startsWith("qemu:"))
          .allSatisfy(sample -> assertThat(sample.diskUsedBytes()).isNull())
          .extracting(VmSample::memorySource)
          .contains(MemorySource.BALLOON)
          .doesNotContain(MemorySource.CGROUP);
      assertThat(samples(seen, VmSample.class))
          .filteredOn(sample -> sample.vmId().startsWith("lxc:") && sample.cpuUsageRatio() != null)
          .isNotEmpty()
          .allSatisfy(sample -> {
            assertThat(sample.memorySource()).isEqualTo(MemorySource.CGROUP);
            assertThat(sample.diskUsedBytes()).isPositive();
          });
    }
  }

  @Test
  void poll_readsPressureOfVersion9ByTheMinute() throws Exception {
    try (SimulatedProxmox cluster = cluster("9.2", 2, 4);
        ProxmoxProvider provider = Servers.reader(cluster)) {
      List<Snapshot> seen =
          pollUntil(
              provider,
              all ->
                  all.size() > FIRST_ROUND
                      && samples(all, NodeSample.class)
                              .filter(s -> s.pressureCpuRatio() != null)
                              .map(NodeSample::node)
                              .distinct()
                              .count()
                          == 2);

      Set<String> keys = new HashSet<>();
      assertThat(samples(seen, NodeSample.class).filter(s -> s.pressureCpuRatio() != null))
          .allSatisfy(sample -> {
            assertThat(sample.ts().toEpochMilli() % 60_000).isEqualTo(59_999);
            assertThat(sample.sampleSeconds()).isEqualTo(60);
            assertThat(sample.cpuUsageRatio()).isNull();
            assertThat(keys.add(sample.node() + sample.ts())).isTrue();
          });
    }
  }

  @Test
  void poll_ofAStoppedNode_changesItsOwnRowsAlone() throws Exception {
    try (SimulatedProxmox cluster = cluster("9.2", 3, 30);
        ProxmoxProvider provider = Servers.reader(cluster)) {
      provider.poll(tick());
      Snapshot before = provider.poll(tick());
      cluster.stopNode("pve3");
      Snapshot after =
          pollUntil(provider, all -> node(all.getLast(), "pve3").status() == NodeStatus.OFFLINE)
              .getLast();

      assertThat(after.vms()).hasSameSizeAs(before.vms());
      assertThat(after.nodesOnline()).isEqualTo(2);
      assertThat(after.nodesTotal()).isEqualTo(3);
      assertThat(after.vms())
          .filteredOn(vm -> "pve3".equals(vm.node()))
          .isNotEmpty()
          .allSatisfy(vm -> {
            assertThat(vm.status()).isEqualTo(VmStatus.UNKNOWN);
            assertThat(vm.statusDetail()).isEqualTo("node offline");
          });
      assertThat(after.vms())
          .filteredOn(vm -> !"pve3".equals(vm.node()))
          .extracting(VmState::vmId, VmState::status)
          .containsExactlyElementsOf(
              before.vms().stream()
                  .filter(vm -> !"pve3".equals(vm.node()))
                  .map(vm -> org.assertj.core.groups.Tuple.tuple(vm.vmId(), vm.status()))
                  .toList());
      Snapshot next = provider.poll(tick());
      assertThat(next.gaps()).isEmpty();
      assertThat(next.apiCalls()).isLessThanOrEqualTo(1 + 2 + 2);
      assertThat(samples(List.of(next), VmSample.class).map(VmSample::vmId))
          .doesNotContainAnyElementsOf(
              after.vms().stream()
                  .filter(vm -> "pve3".equals(vm.node()))
                  .map(VmState::vmId)
                  .toList());
    }
  }

  @Test
  void poll_tellsStatesStoragesAndQuorum() throws Exception {
    try (SimulatedProxmox cluster = cluster("9.2", 3, 24);
        ProxmoxProvider provider = Servers.reader(cluster)) {
      cluster.world().lockGuest(cluster.world().state().guests().getFirst().vmid(), "backup");
      List<Snapshot> seen = pollUntil(provider, all -> all.size() == FIRST_ROUND);
      Snapshot last = seen.getLast();

      assertThat(last.nodesComplete()).isTrue();
      assertThat(last.vmsComplete()).isTrue();
      assertThat(last.vms()).extracting(VmState::lockedBy).contains("backup");
      assertThat(last.vms()).extracting(VmState::type).contains(VmType.QEMU, VmType.LXC);
      assertThat(last.vms()).extracting(VmState::cluster).containsOnly("muster-demo");
      assertThat(last.vms()).extracting(VmState::status).contains(VmStatus.RUNNING);
      assertThat(last.vms()).anySatisfy(vm -> assertThat(vm.tags()).isNotEmpty());
      assertThat(last.vms()).anySatisfy(vm -> assertThat(vm.group()).isNotNull());
      assertThat(last.vms()).anySatisfy(vm -> assertThat(vm.lastBackupAt()).isNotNull());
      assertThat(last.nodes())
          .allSatisfy(node -> {
            assertThat(node.version()).startsWith("9.2");
            assertThat(node.kernel()).contains("pve");
            assertThat(node.cpuModel()).isNotBlank();
            assertThat(node.addresses()).hasSize(1);
            assertThat(node.vmsTotal()).isPositive();
          });
      assertThat(samples(seen, ClusterSample.class))
          .isNotEmpty()
          .allSatisfy(sample -> {
            assertThat(sample.quorate()).isTrue();
            assertThat(sample.nodesExpected()).isEqualTo(3);
            assertThat(sample.nodesOnline()).isEqualTo(3);
          });
      assertThat(samples(List.of(last), StorageSample.class).filter(s -> s.node() == null))
          .isNotEmpty()
          .extracting(StorageSample::storage)
          .doesNotHaveDuplicates();
      assertThat(seen.stream().flatMap(snapshot -> snapshot.events().stream()))
          .extracting(Event::eventId)
          .doesNotHaveDuplicates();
      assertThat(last.facts().version()).startsWith("9.2");
      assertThat(last.facts().missingPrivileges()).isEmpty();
      assertThat(last.facts().certificateSha256()).isNotNull();
    }
  }

  @Test
  void poll_ofAnExpiredToken_isUnauthorizedAndAsksNoOtherMember() throws Exception {
    try (SimulatedProxmox cluster = cluster("9.2", 2, 4)) {
      ProxmoxServer server =
          Servers.server(
              cluster.urls(),
              Servers.token(cluster.readerToken()),
              Servers.authority(cluster.authorityPem()));
      try (ProxmoxProvider provider = Servers.provider(server)) {
        provider.poll(tick());
        cluster
            .access()
            .expire(cluster.readerToken().id(), Instant.now().minusSeconds(5).getEpochSecond());

        assertThatThrownBy(() -> provider.poll(tick()))
            .isInstanceOfSatisfying(
                ProviderException.class,
                e -> {
                  assertThat(e.failure()).isEqualTo(Failure.UNAUTHORIZED);
                  assertThat(e.apiCalls()).isEqualTo(1);
                  assertThat(e).hasMessageContaining("401");
                });
      }
    }
  }

  @Test
  void poll_ofAMemberThatIsDown_goesOnThroughTheNext() throws Exception {
    try (SimulatedProxmox cluster = cluster("9.2", 3, 6)) {
      List<URI> urls = cluster.urls();
      ProxmoxServer server =
          Servers.server(
              urls,
              Servers.token(cluster.readerToken()),
              Servers.authority(cluster.authorityPem()));
      try (ProxmoxProvider provider = Servers.provider(server)) {
        provider.poll(tick());
        cluster.stopNode("pve1");
        Snapshot snapshot =
            pollUntil(provider, all -> Integer.valueOf(2).equals(all.getLast().nodesOnline()))
                .getLast();

        assertThat(snapshot.facts().endpoint()).isEqualTo(urls.get(1));
      }
    }
  }

  @Test
  void poll_withPins_trustsTheOtherNodesByWhatTheClusterStates() throws Exception {
    try (SimulatedProxmox cluster = cluster("9.2", 3, 6)) {
      Fingerprint entry;
      try (ProxmoxProvider first = Servers.reader(cluster)) {
        entry = Objects.requireNonNull(first.poll(tick()).facts().certificateSha256());
      }
      ProxmoxServer server =
          Servers.server(
              List.of(cluster.url("pve1")),
              Servers.token(cluster.readerToken()),
              Servers.pinned(entry));
      try (ProxmoxProvider provider = Servers.provider(server)) {
        assertThat(provider.poll(tick()).gaps()).isEmpty();
        assertThat(provider.check(Deadline.after(PATIENCE)).notes())
            .filteredOn(note -> note.contains("reached directly"))
            .hasSize(3);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"8.4", "9.2"})
  void poll_readsNodesWithoutAnAddressOfTheirOwnThroughAMember(String release) throws Exception {
    try (SimulatedProxmox cluster =
            SimulatedProxmox.start(
                ProxmoxSettings.forTests(release, 3)
                    .addresses(List.of("127.0.0.1", "192.0.2.2", "192.0.2.3"))
                    .guests(9)
                    .tune(world -> world.samplePeriod(Duration.ofSeconds(1)))
                    .build());
        ProxmoxProvider provider = Servers.reader(cluster)) {
      List<Snapshot> seen =
          pollUntil(
              provider,
              all ->
                  all.size() > 6
                      && samples(all.subList(4, all.size()), NodeSample.class)
                              .filter(sample -> sample.cpuCores() != null)
                              .map(NodeSample::node)
                              .distinct()
                              .count()
                          == 3);

      assertThat(seen)
          .allSatisfy(snapshot -> {
            assertThat(snapshot.gaps()).isEmpty();
            assertThat(snapshot.apiCalls()).isLessThanOrEqualTo(1 + 3 + 2);
          });
      assertThat(provider.check(Deadline.after(PATIENCE)).notes())
          .filteredOn(note -> note.contains("read through the member"))
          .hasSize(2);
    }
  }

  @Test
  void poll_withATokenOfNoRights_knowsThatItsListingIsNotComplete() throws Exception {
    try (SimulatedProxmox cluster = cluster("9.2", 2, 6)) {
      ApiToken bare =
          new ApiToken(cluster.readerToken().user(), "bare", Servers.SECRET, true, 0, "");
      cluster.access().add(bare);
      ProxmoxToken token = Servers.token(bare);
      ProxmoxServer server =
          Servers.server(cluster.urls(), token, Servers.authority(cluster.authorityPem()));
      try (ProxmoxProvider provider = Servers.provider(server)) {
        Snapshot snapshot = provider.poll(tick());
        CheckReport report = provider.check(Deadline.after(PATIENCE));

        assertThat(snapshot.nodes()).hasSize(2);
        assertThat(snapshot.vms()).isEmpty();
        assertThat(snapshot.vmsComplete()).isFalse();
        assertThat(snapshot.nodesComplete()).isFalse();
        assertThat(report.problems())
            .anySatisfy(problem -> assertThat(problem).contains("VM.Audit on /"));
        assertThat(report.facts().missingPrivileges()).contains("Sys.Audit on /");
      }
    }
  }

  /** What a token may not see any more is not gone. */
  @Test
  void privilegesThatShrinkWhileTheyCanNotBeRead_letNothingSeemGone() throws Exception {
    try (SimulatedProxmox cluster = cluster("9.2", 2, 6);
        ProxmoxProvider provider = Servers.reader(cluster)) {
      pollUntil(provider, all -> all.getLast().vmsComplete());
      fault(cluster, "status,status=500,path=^/access/permissions$");
      long shrunk = fault(cluster, "privileges,keep=Sys.Audit");

      for (int i = 0; i < 5; i++) {
        Snapshot snapshot = provider.poll(tick());
        assertThat(snapshot.vms()).isEmpty();
        assertThat(snapshot.vmsComplete()).as("poll %d", i).isFalse();
      }
      cluster.faults().remove(shrunk);
      assertThat(provider.poll(tick()).vms()).hasSize(6);
    }
  }

  private static long fault(SimulatedProxmox cluster, String text) {
    return cluster.faults().add(FaultOrder.parse(text, cluster.nodes()));
  }

  @Test
  void poll_withoutTheExport_samplesGuestsAtTheTick() throws Exception {
    try (SimulatedProxmox cluster = eager("8.4", 2, 6)) {
      String user = cluster.readerToken().user();
      ApiToken bare = new ApiToken(user, "guests", Servers.SECRET, true, 0, "");
      cluster.access().add(bare);
      cluster.access().add(new Grant("/vms", bare.id(), "PVEAuditor", true));
      ProxmoxServer server =
          Servers.server(
              cluster.urls(), Servers.token(bare), Servers.authority(cluster.authorityPem()));
      try (ProxmoxProvider provider = Servers.provider(server)) {
        List<Snapshot> seen =
            pollUntil(
                provider,
                all ->
                    samples(all, VmSample.class)
                        .anyMatch(sample -> sample.networkReceiveBytesPerSecond() != null));

        assertThat(seen.getFirst().gaps())
            .anySatisfy(gap -> assertThat(gap.subject()).isEqualTo("metrics export"));
        assertThat(seen.getLast().vmsComplete()).as("all under /vms").isTrue();
        assertThat(seen.getLast().nodesComplete()).isFalse();
        assertThat(provider.check(Deadline.after(PATIENCE)).notes())
            .anySatisfy(note -> assertThat(note).contains("No metrics export"));
      }
    }
  }

  @Test
  void check_saysHowEachNodeIsReachedAndWhenTheTokenEnds() throws Exception {
    try (SimulatedProxmox cluster = cluster("9.2", 2, 4);
        ProxmoxProvider provider = Servers.reader(cluster)) {
      Instant soon = Instant.ofEpochSecond(Instant.now().plus(Duration.ofDays(2)).getEpochSecond());
      cluster.access().expire(cluster.readerToken().id(), soon.getEpochSecond());
      CheckReport report = provider.check(Deadline.after(PATIENCE));

      assertThat(report.nodes()).containsExactly("pve1", "pve2");
      assertThat(report.facts().tokenExpiresAt()).isEqualTo(soon);
      assertThat(report.problems()).anySatisfy(text -> assertThat(text).contains("token expires"));
      assertThat(report.notes()).filteredOn(note -> note.contains("reached directly")).hasSize(2);
    }
  }

  @Test
  void check_ofATokenWithoutAnEnd_saysSo() throws Exception {
    try (SimulatedProxmox cluster = cluster("8.4", 1, 1);
        ProxmoxProvider provider = Servers.reader(cluster)) {
      assertThat(provider.check(Deadline.after(PATIENCE)).notes())
          .contains("The token does not expire.");
    }
  }

  @Test
  void expiryThatMayNotBeRead_isNoGapAndIsSaidToBeUnknown() throws Exception {
    try (SimulatedProxmox cluster = cluster("9.2", 1, 2)) {
      ApiToken guests =
          new ApiToken(cluster.readerToken().user(), "guests", Servers.SECRET, true, 0, "");
      cluster.access().add(guests);
      for (String path : List.of("/vms", "/nodes", "/storage")) {
        cluster.access().add(new Grant(path, guests.id(), "PVEAuditor", true));
      }
      ProxmoxServer server =
          Servers.server(
              cluster.urls(), Servers.token(guests), Servers.authority(cluster.authorityPem()));
      try (ProxmoxProvider provider = Servers.provider(server)) {
        List<Snapshot> seen = pollUntil(provider, all -> all.size() == FIRST_ROUND);
        CheckReport report = provider.check(Deadline.after(PATIENCE));

        assertThat(seen.stream().flatMap(snapshot -> snapshot.gaps().stream()))
            .extracting(Gap::subject)
            .doesNotContain("expiry of the token");
        assertThat(report.facts().tokenExpiresAt()).isNull();
        assertThat(report.notes())
            .anySatisfy(note -> assertThat(note).contains("token expires is not known"));
      }
    }
  }

  @Test
  void configuredNodeAddress_isUsedFirst() throws Exception {
    try (SimulatedProxmox cluster = cluster("9.2", 2, 4)) {
      URI away = URI.create("https://127.0.0.1:1");
      ProxmoxServer server =
          new ProxmoxServer(
              Servers.entry(),
              List.of(cluster.url("pve1")),
              Map.of("pve2", away),
              Servers.token(cluster.readerToken()),
              null,
              Servers.authority(cluster.authorityPem()));
      try (ProxmoxProvider provider = Servers.provider(server)) {
        Snapshot first = provider.poll(tick());
        Snapshot second = provider.poll(tick());

        assertThat(first.gaps())
            .anySatisfy(gap -> {
              assertThat(gap.subject()).isEqualTo("node pve2");
              assertThat(gap.failure()).isEqualTo(Failure.UNREACHABLE);
            });
        assertThat(second.gaps()).as("through a member from now on").isEmpty();
      }
    }
  }

  private static NodeState node(Snapshot snapshot, String name) {
    return snapshot.nodes().stream()
        .filter(node -> node.node().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
