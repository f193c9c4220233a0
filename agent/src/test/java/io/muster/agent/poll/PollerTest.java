package io.muster.agent.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.agent.inventory.Inventory;
import io.muster.agent.inventory.InventorySource;
import io.muster.agent.inventory.Maintained;
import io.muster.agent.metrics.BreakerState;
import io.muster.agent.metrics.ConnectionAttempt;
import io.muster.agent.metrics.ServerState.Lifecycle;
import io.muster.agent.provider.Changes;
import io.muster.agent.provider.NodeState;
import io.muster.agent.provider.NodeStatus;
import io.muster.agent.provider.Provider;
import io.muster.agent.provider.Revision;
import io.muster.agent.provider.Snapshot;
import io.muster.protocol.Failure;
import io.muster.protocol.KubernetesServer;
import io.muster.protocol.Maintenance;
import io.muster.protocol.ProxmoxServer;
import io.muster.protocol.ProxmoxToken;
import io.muster.protocol.Secret;
import io.muster.protocol.Server;
import io.muster.protocol.ServerEntry;
import io.muster.protocol.ServerId;
import io.muster.protocol.TlsTrust;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PollerTest {
  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final TlsTrust TLS = new TlsTrust(true, List.of(), null);

  private final Ledger ledger = new Ledger();
  private final Source source = new Source();
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final Poller poller =
      new Poller(
          source, this::driver, ledger, PollListener.NONE, new PollSettings("lab", "1.2", null));

  @AfterEach
  void close() {
    poller.close();
  }

  @Test
  void everyAttempt_leavesOneRowWithItsTick() {
    start(proxmox("a", true), proxmox("b", true));
    until(() -> ledger.attemptsOf("a").size() >= 4 && ledger.attemptsOf("b").size() >= 4);
    poller.close();

    for (String name : List.of("a", "b")) {
      List<Instant> ticks = ledger.attemptsOf(name).stream().map(ConnectionAttempt::ts).toList();
      assertThat(ticks).isEqualTo(script(name).ticks).doesNotHaveDuplicates().isSorted();
      assertThat(ticks).allMatch(tick -> tick.toEpochMilli() % INTERVAL.toMillis() == 0);
    }
    ConnectionAttempt row = ledger.attemptsOf("a").getFirst();
    assertThat(row.success()).isTrue();
    assertThat(row.apiCalls()).isEqualTo(3);
    assertThat(row.rowsRead()).isEqualTo(7);
    assertThat(row.responseTimeMs()).isNotNull();
    assertThat(row.timeout()).isEqualTo(Duration.ofMillis(180));
    assertThat(row.nodesOnline()).isEqualTo(2);
    assertThat(row.clockSkewMs()).isEqualTo(12);
  }

  @Test
  void changesBetweenPolls_areRecordedUntilTheServerIsNoLongerPolled() {
    start(proxmox("a", true));
    until(() -> !ledger.attemptsOf("a").isEmpty());
    script("a").listener.changed(changes());
    assertThat(ledger.changes).extracting(row -> row.origin().serverName()).containsExactly("a");

    poller.close();
    script("a").listener.changed(changes());
    assertThat(ledger.changes).hasSize(1);
  }

  @Test
  void nodeThatIsMaintained_isToldAsThatByPollsAndBetweenThem_untilItEnds() {
    Instant until = Instant.now().plusSeconds(3600);
    source.maintenance = new Maintenance("n1", until, "new disks");
    start(proxmox("a", true));
    script("a").answer = tick -> Script.snapshot().withNodes(List.of(node("n1"), node("n2")));
    until(() -> nodes("a").size() == 2);

    assertThat(nodes("a"))
        .extracting(NodeState::status)
        .containsExactly(NodeStatus.MAINTENANCE, NodeStatus.OFFLINE);
    assertThat(nodes("a").getFirst().statusDetail()).isEqualTo("offline");
    assertThat(nodes("a").getFirst().maintainedUntil()).isEqualTo(until);
    assertThat(ledger.lifecyclesOf("a")).containsOnly(Lifecycle.ACTIVE);

    script("a").listener.changed(changes().withNodes(List.of(node("n1"))));
    assertThat(ledger.changes.getLast().value().nodes().getFirst().status())
        .isEqualTo(NodeStatus.MAINTENANCE);

    source.maintenance = new Maintenance("n1", Instant.now(), "new disks");
    source.change(proxmox("a", true));
    until(() -> nodes("a").getFirst().status() == NodeStatus.OFFLINE);
    assertThat(nodes("a").getFirst().maintainedUntil()).isNull();
  }

  /** As the newest poll told them. */
  private List<NodeState> nodes(String server) {
    List<Snapshot> seen = ledger.snapshotsOf(server);
    return seen.isEmpty() ? List.of() : seen.getLast().nodes();
  }

  private static NodeState node(String name) {
    return new NodeState(
        name,
        null,
        NodeStatus.OFFLINE,
        null,
        List.of(),
        null,
        null,
        null,
        null,
        null,
        List.of(),
        List.of(),
        List.of());
  }

  private static Changes changes() {
    return new Changes(Instant.now(), Revision.next(), List.of(), List.of(), List.of());
  }

  @Test
  void failedAttempt_leavesARowThatSaysWhyAndHasNoResponseTimeWhenNothingAnswered() {
    start(proxmox("a", true), proxmox("b", true));
    script("a").answer = Script.failing(Failure.UNREACHABLE);
    script("b").answer = Script.failing(Failure.UNEXPECTED_ANSWER);
    until(() -> failures("a").size() >= 3 && failures("b").size() >= 3);

    ConnectionAttempt unreachable = failures("a").getFirst();
    assertThat(unreachable.failure()).isEqualTo(Failure.UNREACHABLE);
    assertThat(unreachable.errorMessage()).isEqualTo("Cannot read the test server");
    assertThat(unreachable.apiCalls()).isEqualTo(2);
    assertThat(unreachable.responseTimeMs()).isNull();
    assertThat(failures("a").get(2).breaker()).isEqualTo(BreakerState.OPEN);
    assertThat(failures("b").getFirst().responseTimeMs()).isNotNull();
    assertThat(failures("b")).allMatch(row -> row.breaker() == BreakerState.CLOSED);
  }

  @Test
  void breaker_closesWhenTheServerIsBack() {
    start(proxmox("a", true));
    script("a").answer = Script.failing(Failure.UNREACHABLE);
    until(() -> poller.statuses().getFirst().breaker() == BreakerState.OPEN);
    script("a").answer = Script.WELL;
    until(() -> poller.statuses().getFirst().breaker() == BreakerState.CLOSED);

    assertThat(poller.statuses().getFirst().lastSuccess()).isNotNull();
    assertThat(ledger.attemptsOf("a").getLast().success()).isTrue();
  }

  @Test
  void driverThatBreaks_leavesBugRowsAndItsLoopLivesOn() {
    start(proxmox("a", true));
    script("a").answer =
        tick -> {
          throw new IllegalStateException("out of cheese");
        };
    until(() -> failures("a").size() >= 2);
    script("a").answer = Script.WELL;
    until(() -> ledger.attemptsOf("a").getLast().success());

    assertThat(failures("a"))
        .allSatisfy(row -> {
          assertThat(row.failure()).isEqualTo(Failure.BUG);
          assertThat(row.errorMessage()).contains("out of cheese");
          assertThat(row.responseTimeMs()).isNull();
        });
  }

  @Test
  void longPoll_isNotOverlappedAndItsMissedTicksAreCounted() {
    start(proxmox("a", true));
    script("a").answer =
        tick -> {
          Thread.sleep(INTERVAL.multipliedBy(2).plusMillis(50));
          return Script.snapshot();
        };
    until(() -> ledger.attemptsOf("a").size() >= 3);

    assertThat(script("a").mostInside).hasValue(1);
    assertThat(poller.statuses().getFirst().missedTicks()).isGreaterThanOrEqualTo(2);
    assertThat(poller.statuses().getFirst().late())
        .isGreaterThanOrEqualTo(INTERVAL.multipliedBy(2));
  }

  @Test
  void driverThatHangs_isCutOffAndReplacedAndCostsNobodyElse() throws InterruptedException {
    start(proxmox("a", true), proxmox("b", true));
    Script hanging = script("a");
    CountDownLatch never = new CountDownLatch(1);
    hanging.answer =
        tick -> {
          while (never.getCount() > 0) {
            try {
              never.await();
            } catch (InterruptedException e) {
              // A driver that swallows its interrupt is the case under test.
            }
          }
          return Script.snapshot();
        };
    until(() -> script("a") != hanging && !ledger.attemptsOf("a").isEmpty());

    assertThat(hanging.closed).isTrue();
    until(() -> ledger.attemptsOf("a").getLast().success());
    assertThat(failures("a").getFirst().failure()).isEqualTo(Failure.DEADLINE_EXCEEDED);
    assertThat(ledger.attemptsOf("b")).hasSizeGreaterThan(5).allMatch(ConnectionAttempt::success);
    never.countDown();
  }

  @Test
  void changedInventory_addsRemovesAndRestartsItsServersAlone() {
    start(proxmox("a", true), proxmox("b", true));
    until(() -> ledger.attemptsOf("a").size() >= 2 && ledger.attemptsOf("b").size() >= 2);
    Script a = script("a");
    Script b = script("b");

    source.change(proxmox("a", true), renamed("b", "b-new"), proxmox("c", true));
    until(() -> ledger.attemptsOf("b-new").size() >= 2 && ledger.attemptsOf("c").size() >= 2);
    source.change(proxmox("a", true), renamed("b", "b-new"));
    until(() -> ledger.lifecyclesOf("c").contains(Lifecycle.REMOVED));

    assertThat(script("a")).isSameAs(a);
    assertThat(a.closed).isFalse();
    assertThat(b.closed).isTrue();
    assertThat(ledger.attempts.stream().filter(r -> r.origin().serverName().startsWith("b")))
        .extracting(r -> r.origin().serverId())
        .containsOnly(id("b"));
    assertThat(ledger.attempts.stream().filter(r -> r.origin().serverId().equals(id("b"))))
        .extracting(Ledger.Row::ts)
        .doesNotHaveDuplicates()
        .isSorted();
    assertThat(ledger.lifecyclesOf("b")).doesNotContain(Lifecycle.REMOVED);
    assertThat(ledger.lifecyclesOf("c").getLast()).isEqualTo(Lifecycle.REMOVED);
    assertThat(poller.statuses()).hasSize(2);
  }

  @Test
  void disabledServer_isNotPolledAndItsStateSaysSo() {
    start(proxmox("a", true), proxmox("b", true));
    until(() -> !ledger.attemptsOf("a").isEmpty());
    Script before = script("a");

    source.change(proxmox("a", false), proxmox("b", true));
    until(() -> ledger.lifecyclesOf("a").contains(Lifecycle.DISABLED));
    int polled = before.ticks.size();
    int others = ledger.attemptsOf("b").size();
    until(() -> ledger.attemptsOf("b").size() >= others + 3);

    assertThat(poller.statuses().getFirst().condition()).isEqualTo(ServerStatus.Condition.DISABLED);
    assertThat(before.closed).isTrue();
    assertThat(before.ticks).hasSize(polled);
    assertThat(ledger.attemptsOf("a")).hasSize(polled);
    assertThat(script("a").ticks).as("of the driver that stands by while disabled").isEmpty();

    source.change(proxmox("a", true), proxmox("b", true));
    until(() -> ledger.attemptsOf("a").size() >= polled + 2);
    assertThat(ledger.lifecyclesOf("a").getLast()).isEqualTo(Lifecycle.ACTIVE);
  }

  @Test
  void serverWithoutADriver_isKeptAndNotPolled() {
    Server kubernetes =
        new KubernetesServer(
            entry("k", "k", true), new KubernetesServer.Access.InCluster(), null, TLS, false);
    start(proxmox("a", true), kubernetes);
    until(() -> ledger.attemptsOf("a").size() >= 2);

    assertThat(poller.statuses().get(1).condition()).isEqualTo(ServerStatus.Condition.NO_DRIVER);
    assertThat(ledger.attemptsOf("k")).isEmpty();
    assertThat(ledger.lifecyclesOf("k")).doesNotContain(Lifecycle.ACTIVE);
  }

  @Test
  void close_letsAPollUnderWayEndAndLeaveItsRow() throws InterruptedException {
    start(proxmox("a", true));
    CountDownLatch inside = new CountDownLatch(1);
    script("a").answer =
        tick -> {
          inside.countDown();
          Thread.sleep(Duration.ofMillis(300));
          return Script.snapshot();
        };
    inside.await();
    poller.close();

    assertThat(ledger.attemptsOf("a")).hasSameSizeAs(script("a").ticks);
    assertThat(script("a").closed).isTrue();
  }

  @Test
  void everyTick_saysWhatTheServerIs() {
    start(proxmox("a", true));
    until(() -> ledger.lifecyclesOf("a").size() >= 3);

    assertThat(ledger.lifecyclesOf("a")).containsOnly(Lifecycle.ACTIVE);
    assertThat(ledger.states.getLast().value().facts().version()).isEqualTo("9.1.2");
    assertThat(ledger.states.getLast().value().tags()).containsExactly("test");
  }

  private void start(Server... servers) {
    source.change(servers);
    poller.start();
  }

  private Optional<Provider> driver(Server server) {
    return switch (server) {
      case ProxmoxServer proxmox -> {
        Script script = new Script();
        scripts.put(proxmox.entry().name(), script);
        yield Optional.of(script);
      }
      default -> Optional.empty();
    };
  }

  private Script script(String name) {
    return Objects.requireNonNull(scripts.get(name), name);
  }

  private List<ConnectionAttempt> failures(String name) {
    return ledger.attemptsOf(name).stream().filter(row -> !row.success()).toList();
  }

  private static Server proxmox(String name, boolean enabled) {
    return server(name, name, enabled);
  }

  private static Server renamed(String idOf, String name) {
    return server(idOf, name, true);
  }

  private static Server server(String idOf, String name, boolean enabled) {
    return new ProxmoxServer(
        entry(idOf, name, enabled),
        List.of(URI.create("https://127.0.0.1:8006")),
        Map.of(),
        new ProxmoxToken("muster@pve!poll", new Secret("s")),
        null,
        TLS);
  }

  private static ServerEntry entry(String idOf, String name, boolean enabled) {
    return new ServerEntry(id(idOf), name, enabled, INTERVAL, "direct", List.of("test"), null);
  }

  private static ServerId id(String name) {
    return new ServerId(
        UUID.nameUUIDFromBytes(name.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
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
    private volatile @Nullable Maintenance maintenance;
    private volatile Consumer<Inventory> listener = ignored -> {};

    void change(Server... servers) {
      Maintenance period = maintenance;
      inventory =
          new Inventory(
              List.of(servers),
              period == null ? Map.of() : Map.of(id("a"), new Maintained(List.of(period))));
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
