package io.muster.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.agent.metrics.BreakerState;
import io.muster.agent.metrics.ConnectionAttempt;
import io.muster.agent.provider.Changes;
import io.muster.agent.provider.Progress;
import io.muster.agent.provider.Revision;
import io.muster.agent.provider.ServerFacts;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.VmState;
import io.muster.agent.provider.VmStatus;
import io.muster.agent.provider.VmType;
import io.muster.protocol.Failure;
import io.muster.protocol.ServerId;
import io.muster.protocol.link.LinkProtocol;
import io.muster.protocol.link.ServerStatusChange;
import io.muster.protocol.link.ServerStatusChange.Connection;
import io.muster.protocol.link.VmStatusChange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is told of servers and VMs, and what of it survives a link that is away. */
final class StatesTest {
  private static final Instant NOW = Instant.parse("2027-03-01T12:30:00Z");
  private static final ServerId SERVER = new ServerId(UUID.randomUUID());

  private final ServerStatuses servers = new ServerStatuses();
  private final VmStatuses vms = new VmStatuses();

  @Test
  void server_isToldOnceAndThenWhenSomethingIsNew() {
    servers.attempted(SERVER, attempt(NOW, null, BreakerState.CLOSED));
    servers.version(SERVER, "9.2");
    ServerStatusChange first = servers.drain(NOW, 10).getFirst();
    assertThat(first.connection()).isEqualTo(Connection.ONLINE);
    assertThat(first.version()).isEqualTo("9.2");
    assertThat(first.nodeCount()).isEqualTo(3);
    assertThat(first.learnedTimeoutMs()).isEqualTo(9000);
    assertThat(first.successRate()).isEqualTo(1.0);

    Instant next = NOW.plusSeconds(10);
    servers.attempted(SERVER, attempt(next, null, BreakerState.CLOSED));
    assertThat(servers.drain(next, 10)).isEmpty();
    servers.attempted(SERVER, attempt(next, Failure.TLS, BreakerState.CLOSED));
    assertThat(servers.drain(next, 10))
        .singleElement()
        .satisfies(change -> {
          assertThat(change.connection()).isEqualTo(Connection.OFFLINE);
          assertThat(change.failure()).isEqualTo(Failure.TLS);
          assertThat(change.error()).isEqualTo("it is broken");
          assertThat(change.lastConnectedAt()).isEqualTo(next);
        });
    servers.attempted(SERVER, attempt(next, Failure.TLS, BreakerState.OPEN));
    assertThat(servers.drain(next, 10))
        .extracting(ServerStatusChange::breaker)
        .containsExactly("open");
  }

  @Test
  void changedEntry_isToldAtItsNextAttempt() {
    servers.attempted(SERVER, attempt(NOW, null, BreakerState.CLOSED));
    assertThat(servers.drain(NOW, 10)).hasSize(1);
    servers.startOver(SERVER);
    assertThat(servers.drain(NOW, 10)).isEmpty();
    servers.attempted(SERVER, attempt(NOW.plusSeconds(1), null, BreakerState.CLOSED));
    assertThat(servers.drain(NOW.plusSeconds(1), 10)).hasSize(1);
  }

  @Test
  void nothingNew_isToldEveryHalfMinute() {
    servers.attempted(SERVER, attempt(NOW, null, BreakerState.CLOSED));
    assertThat(servers.drain(NOW, 10)).hasSize(1);
    Instant later = NOW.plus(ServerStatuses.REFRESH);
    assertThat(servers.drain(later, 10)).isEmpty();
    servers.attempted(SERVER, attempt(later, null, BreakerState.CLOSED));
    assertThat(servers.drain(later, 10)).hasSize(1);
  }

  @Test
  void linkThatWasAway_getsTheNewestOfEachServer() {
    servers.attempted(SERVER, attempt(NOW, null, BreakerState.CLOSED));
    assertThat(servers.drain(NOW, 10)).hasSize(1);
    for (int i = 1; i <= 100; i++) {
      servers.attempted(
          SERVER, attempt(NOW.plusSeconds(i), Failure.UNREACHABLE, BreakerState.OPEN));
    }
    servers.sendAgain();

    assertThat(servers.drain(NOW.plusSeconds(100), 10))
        .singleElement()
        .satisfies(change -> assertThat(change.at()).isEqualTo(NOW.plusSeconds(100)));
    servers.retain(Set.of());
    servers.sendAgain();
    assertThat(servers.drain(NOW.plusSeconds(100), 10)).isEmpty();
  }

  @Test
  void vms_ofTheFirstSnapshotAreNoChanges() {
    assertThat(vms.snapshot(SERVER, NOW, snapshot(true, vm("qemu:1", VmStatus.RUNNING)))).isFalse();
    assertThat(
            vms.snapshot(
                SERVER,
                NOW,
                snapshot(true, vm("qemu:1", VmStatus.STOPPED), vm("qemu:2", VmStatus.RUNNING))))
        .isTrue();

    assertThat(vms.drain(NOW, 10))
        .extracting(change -> change.vm() + " " + change.status())
        .containsExactly("qemu:1 stopped", "qemu:2 running");
  }

  @Test
  void vmThatIsGone_isRemovedWhenTheListIsWhole() {
    vms.snapshot(SERVER, NOW, snapshot(true, vm("qemu:1", VmStatus.RUNNING)));
    assertThat(vms.snapshot(SERVER, NOW, snapshot(true))).isTrue();

    assertThat(vms.drain(NOW, 10)).extracting(VmStatusChange::status).containsExactly("removed");
  }

  @Test
  void vmThatAPartialAnswerLacks_isUnknown_untilItIsSeenOrGone() {
    vms.snapshot(
        SERVER,
        NOW,
        snapshot(true, vm("qemu:1", VmStatus.RUNNING), vm("qemu:2", VmStatus.STOPPED)));
    vms.snapshot(SERVER, NOW, snapshot(false));

    assertThat(vms.drain(NOW, 10))
        .extracting(change -> change.vm() + " " + change.status() + " " + change.group())
        .containsExactlyInAnyOrder("qemu:1 unknown shop", "qemu:2 unknown shop");
    assertThat(vms.snapshot(SERVER, NOW, snapshot(false))).as("told once").isFalse();
    vms.snapshot(SERVER, NOW, snapshot(false, vm("qemu:1", VmStatus.RUNNING)));
    assertThat(vms.drain(NOW, 10))
        .extracting(change -> change.vm() + " " + change.status())
        .containsExactly("qemu:1 running");
    vms.snapshot(SERVER, NOW, snapshot(true, vm("qemu:1", VmStatus.RUNNING)));
    assertThat(vms.drain(NOW, 10))
        .extracting(change -> change.vm() + " " + change.status())
        .containsExactly("qemu:2 removed");
  }

  @Test
  void vmOfALaterChange_isNotUnknownForAnEarlierPartialPoll() {
    Revision early = Revision.next();
    vms.snapshot(SERVER, NOW, snapshot(true));
    vms.changes(
        SERVER,
        new Changes(
            NOW, Revision.next(), List.of(), List.of(vm("pod:a:b", VmStatus.RUNNING)), List.of()));
    vms.snapshot(SERVER, NOW, snapshot(early, false));

    assertThat(vms.drain(NOW, 10)).extracting(VmStatusChange::status).containsExactly("running");
  }

  @Test
  void changesBetweenPolls_areTold() {
    vms.snapshot(SERVER, NOW, snapshot(true, vm("pod:a:b", VmStatus.RUNNING)));
    vms.changes(
        SERVER,
        new Changes(
            NOW, Revision.next(), List.of(), List.of(vm("pod:a:b", VmStatus.FAILED)), List.of()));

    assertThat(vms.drain(NOW, 10)).extracting(VmStatusChange::status).containsExactly("failed");
  }

  @Test
  void pollFromBeforeAChange_doesNotTakeItBack() {
    Revision early = Revision.next();
    vms.snapshot(
        SERVER,
        NOW,
        snapshot(true, vm("pod:a:b", VmStatus.RUNNING), vm("pod:a:c", VmStatus.RUNNING)));
    vms.changes(
        SERVER,
        new Changes(
            NOW,
            Revision.next(),
            List.of(),
            List.of(vm("pod:a:b", VmStatus.FAILED), vm("pod:a:c", VmStatus.REMOVED)),
            List.of()));
    vms.snapshot(
        SERVER,
        NOW,
        snapshot(early, true, vm("pod:a:b", VmStatus.RUNNING), vm("pod:a:c", VmStatus.RUNNING)));

    assertThat(vms.drain(NOW, 10))
        .extracting(change -> change.vm() + " " + change.status())
        .containsExactlyInAnyOrder("pod:a:b failed", "pod:a:c removed");
  }

  @Test
  void change_tellsGroupAndTags_alsoOfWhatIsGone() {
    vms.snapshot(SERVER, NOW, snapshot(true, vm("qemu:1", VmStatus.RUNNING)));
    vms.snapshot(SERVER, NOW, snapshot(true));

    assertThat(vms.drain(NOW, 10))
        .singleElement()
        .satisfies(change -> {
          assertThat(change.status()).isEqualTo("removed");
          assertThat(change.name()).isEqualTo("qemu:1");
          assertThat(change.group()).isEqualTo("shop");
          assertThat(change.tags()).containsExactly("web", "blue");
        });
  }

  @Test
  void whatWasSentShortlyBeforeTheLinkBroke_isSentAgain_unlessThereIsNewer() {
    vms.snapshot(SERVER, NOW, snapshot(true, vm("a", VmStatus.RUNNING), vm("b", VmStatus.RUNNING)));
    vms.snapshot(SERVER, NOW, snapshot(true, vm("a", VmStatus.STOPPED), vm("b", VmStatus.STOPPED)));
    assertThat(vms.drain(NOW, 10)).hasSize(2);
    vms.snapshot(SERVER, NOW, snapshot(true, vm("a", VmStatus.PAUSED), vm("b", VmStatus.STOPPED)));

    vms.sendAgain();

    assertThat(vms.drain(NOW, 10))
        .extracting(change -> change.vm() + " " + change.status())
        .containsExactlyInAnyOrder("a paused", "b stopped");
    Instant later = NOW.plus(LinkProtocol.DEAD_AFTER).plusSeconds(1);
    assertThat(vms.drain(later, 10)).isEmpty();
    vms.sendAgain();
    assertThat(vms.drain(later, 10)).as("long arrived").isEmpty();
  }

  @Test
  void changesThatWait_areBounded() {
    List<VmState> all = new ArrayList<>();
    for (int i = 0; i < VmStatuses.MAX_WAITING + 10; i++) {
      all.add(vm("qemu:" + i, VmStatus.RUNNING));
    }
    vms.snapshot(SERVER, NOW, snapshot(true));
    vms.snapshot(SERVER, NOW, snapshot(true, all.toArray(VmState[]::new)));

    assertThat(vms.drain(NOW, Integer.MAX_VALUE))
        .hasSize(VmStatuses.MAX_WAITING)
        .extracting(VmStatusChange::vm)
        .doesNotContain("qemu:0")
        .contains("qemu:" + (VmStatuses.MAX_WAITING + 9));
  }

  private static ConnectionAttempt attempt(
      Instant at, @Nullable Failure failure, BreakerState breaker) {
    return new ConnectionAttempt(
        at,
        failure == null ? Double.valueOf(12) : null,
        1,
        1,
        failure,
        failure == null ? null : "it is broken",
        breaker,
        Duration.ofSeconds(9),
        Duration.ofSeconds(10),
        "direct",
        failure == null ? Integer.valueOf(3) : null,
        failure == null ? Integer.valueOf(3) : null,
        null);
  }

  private static Snapshot snapshot(boolean whole, VmState... vms) {
    return snapshot(Revision.NONE, whole, vms);
  }

  private static Snapshot snapshot(Revision revision, boolean whole, VmState... vms) {
    return new Snapshot(
        ServerFacts.UNKNOWN,
        List.of(),
        List.of(vms),
        List.of(),
        List.of(),
        whole,
        whole,
        List.of(),
        1,
        null,
        null,
        null,
        Progress.NONE,
        revision);
  }

  private static VmState vm(String id, VmStatus status) {
    return new VmState(
        id,
        null,
        "pve1",
        id,
        "shop",
        VmType.QEMU,
        status,
        null,
        null,
        List.of("web", "blue"),
        null,
        null,
        null,
        null,
        null);
  }
}
