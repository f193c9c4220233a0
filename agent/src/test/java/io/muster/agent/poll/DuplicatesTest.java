package io.muster.agent.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.agent.inventory.Inventory;
import io.muster.agent.inventory.InventorySource;
import io.muster.agent.metrics.ConnectionAttempt;
import io.muster.agent.metrics.ServerState;
import io.muster.agent.provider.NodeSample;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.VmSample;
import io.muster.agent.provider.VmState;
import io.muster.agent.proxmox.ProxmoxProvider;
import io.muster.protocol.ProxmoxServer;
import io.muster.protocol.ProxmoxToken;
import io.muster.protocol.Secret;
import io.muster.protocol.Server;
import io.muster.protocol.ServerEntry;
import io.muster.protocol.ServerId;
import io.muster.protocol.TlsTrust;
import io.muster.simulator.proxmox.ProxmoxSettings;
import io.muster.simulator.proxmox.SimulatedProxmox;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Entries that are one cluster, with the Proxmox driver at simulated clusters. */
final class DuplicatesTest {
  private static final Duration INTERVAL = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Ledger ledger = new Ledger();
  private final Source source = new Source();
  private final Poller poller =
      new Poller(
          source,
          server ->
              Optional.of(
                  new ProxmoxProvider((ProxmoxServer) server, Map.of(), InstantSource.system())),
          ledger,
          PollListener.NONE,
          new PollSettings("lab", "1.2", null));
  private SimulatedProxmox cluster;

  @BeforeEach
  void startCluster() throws IOException {
    cluster = cluster(3);
  }

  @AfterEach
  void close() {
    poller.close();
    cluster.close();
  }

  private static SimulatedProxmox cluster(int nodes) throws IOException {
    return SimulatedProxmox.start(
        ProxmoxSettings.forTests("9.2", nodes)
            .guests(9)
            .tune(
                world -> world.samplePeriod(Duration.ofSeconds(1)).bootTime(Duration.ofMillis(500)))
            .build());
  }

  @Test
  void entriesOfOneCluster_arePolledOnce() throws Exception {
    try (SimulatedProxmox alone = cluster(1);
        SimulatedProxmox other = cluster(1)) {
      start(
          entry("a", cluster, "pve1"),
          entry("b", cluster, "pve2"),
          entry("c", cluster, "pve3"),
          entry("single", alone, "pve1"),
          entry("again", alone, "pve1"),
          entry("other", other, "pve1"));
      until(() ->
          List.of("a", "b", "c", "single", "again", "other").stream()
              .allMatch(name -> ledger.attemptsOf(name).size() >= 4));

      assertThat(polled()).containsExactlyInAnyOrder("a", "single", "other");
      assertThat(duplicateOf("b")).isEqualTo("a");
      assertThat(duplicateOf("c")).isEqualTo("a");
      assertThat(duplicateOf("again")).isEqualTo("single");
      assertThat(duplicateOf("other")).isNull();
      assertThat(ledger.attemptsOf("b").stream().filter(ConnectionAttempt::success))
          .as("neither down nor silent")
          .hasSizeGreaterThanOrEqualTo(3)
          .allSatisfy(row -> {
            assertThat(row.apiCalls()).isBetween(1, 3);
            assertThat(row.nodesTotal()).isEqualTo(3);
            assertThat(row.responseTimeMs()).isNotNull();
          });
      assertThat(ledger.attemptsOf("b").getLast().apiCalls()).isEqualTo(1);
      assertThat(ledger.statesOf("b"))
          .extracting(ServerState::facts)
          .last()
          .satisfies(facts -> {
            assertThat(facts.version()).startsWith("9.2");
            assertThat(facts.certificateExpiresAt()).isNotNull();
          });
    }
  }

  @Test
  void nextEntry_takesOverWhileTheFirstIsAwayAndNothingIsDoubled() throws Exception {
    start(entry("a", cluster, "pve1"), entry("b", cluster, "pve2"));
    until(() -> ledger.snapshotsOf("a").size() >= 4);

    cluster.stopNode("pve1");
    until(() -> ledger.snapshotsOf("b").size() >= 4);
    assertThat(duplicateOf("b")).isNull();
    assertThat(failures("a")).isPositive();
    long takenOver =
        ledger.attempts.stream()
            .filter(row -> row.origin().serverName().equals("a") && !row.value().success())
            .filter(row -> row.ts().isBefore(firstSnapshotAt("b")))
            .count();
    assertThat(takenOver).as("polls of the first that failed before").isLessThanOrEqualTo(3);

    cluster.startNode("pve1");
    int before = ledger.snapshotsOf("a").size();
    until(() -> ledger.snapshotsOf("a").size() >= before + 3 && "a".equals(duplicateOf("b")));
    int taken = ledger.snapshotsOf("b").size();
    int attempts = ledger.attemptsOf("b").size();
    until(() -> ledger.attemptsOf("b").size() >= attempts + 2);

    assertThat(ledger.snapshotsOf("b")).as("polled no more").hasSize(taken);
    assertNothingIsDoubled();
    assertThat(ledger.snapshots)
        .extracting(row -> row.value().vms().stream().map(VmState::vmId).sorted().toList())
        .as("nothing vanishes in between")
        .containsOnly(
            ledger.snapshotsOf("a").getFirst().vms().stream().map(VmState::vmId).sorted().toList());
  }

  @Test
  void entryThatWasDisabledOrRemoved_leavesItsPlaceToTheNext() {
    start(entry("a", cluster, "pve1"), entry("b", cluster, "pve2"), entry("c", cluster, "pve3"));
    until(() -> "a".equals(duplicateOf("b")) && "a".equals(duplicateOf("c")));
    // On a busy machine it may be read once before the others are recognised.
    int readBefore = ledger.snapshotsOf("c").size();

    source.change(disabled("a"), entry("b", cluster, "pve2"), entry("c", cluster, "pve3"));
    until(() -> ledger.snapshotsOf("b").size() >= 2 && "b".equals(duplicateOf("c")));
    assertThat(ledger.snapshotsOf("c")).hasSize(readBefore);

    source.change(entry("c", cluster, "pve3"));
    until(() -> ledger.snapshotsOf("c").size() >= 2);
    assertThat(duplicateOf("c")).isNull();
    assertNothingIsDoubled();
  }

  @Test
  void firstEntryThatComesBackAfterAllElse_takesItsPlace() {
    cluster.stopNode("pve1");
    start(entry("a", cluster, "pve1"), entry("b", cluster, "pve2"));
    until(() -> ledger.snapshotsOf("b").size() >= 3);

    cluster.startNode("pve1");
    until(() -> ledger.snapshotsOf("a").size() >= 2 && "a".equals(duplicateOf("b")));
    assertNothingIsDoubled();
  }

  private void assertNothingIsDoubled() {
    Set<String> seen = new HashSet<>();
    for (Ledger.Row<Snapshot> row : ledger.snapshots) {
      row.value()
          .samples()
          .forEach(sample -> {
            if (sample instanceof VmSample vm) {
              assertThat(seen.add(vm.vmId() + vm.ts()))
                  .as("%s again by %s", vm, row.origin())
                  .isTrue();
            }
            if (sample instanceof NodeSample node) {
              assertThat(seen.add(node.node() + node.ts()))
                  .as("%s again by %s", node, row.origin())
                  .isTrue();
            }
          });
    }
  }

  private Set<String> polled() {
    Set<String> names = new HashSet<>();
    ledger.snapshots.forEach(row -> names.add(row.origin().serverName()));
    return names;
  }

  private Instant firstSnapshotAt(String name) {
    return ledger.snapshots.stream()
        .filter(row -> row.origin().serverName().equals(name))
        .map(Ledger.Row::ts)
        .findFirst()
        .orElseThrow();
  }

  private long failures(String name) {
    return ledger.attemptsOf(name).stream().filter(row -> !row.success()).count();
  }

  private @Nullable String duplicateOf(String name) {
    List<ServerState> states = ledger.statesOf(name);
    return states.isEmpty() ? null : states.getLast().facts().duplicateOf();
  }

  private void start(Server... servers) {
    source.change(servers);
    poller.start();
  }

  private Server disabled(String name) {
    return entry(name, cluster, "pve1", false);
  }

  private static Server entry(String name, SimulatedProxmox cluster, String node) {
    return entry(name, cluster, node, true);
  }

  private static Server entry(String name, SimulatedProxmox cluster, String node, boolean enabled) {
    ServerId id = new ServerId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    URI url = cluster.url(node);
    return new ProxmoxServer(
        new ServerEntry(id, name, enabled, INTERVAL, "direct", List.of(), null),
        List.of(url),
        Map.of(),
        new ProxmoxToken(cluster.readerToken().id(), new Secret(cluster.readerToken().secret())),
        null,
        new TlsTrust(true, List.of(), cluster.authorityPem()));
  }

  private static void until(BooleanSupplier condition) {
    Instant end = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("waited %s", PATIENCE).isBefore(end);
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** An inventory that changes when it is told to. */
  private static final class Source implements InventorySource {
    private volatile Inventory inventory = new Inventory(List.of());
    private volatile Consumer<Inventory> listener = ignored -> {};

    void change(Server... servers) {
      inventory = new Inventory(List.of(servers));
      listener.accept(inventory);
    }

    @Override
    public Inventory current() {
      return inventory;
    }

    @Override
    public void onChange(Consumer<Inventory> listener) {
      this.listener = listener;
    }

    @Override
    public void close() {}
  }
}
