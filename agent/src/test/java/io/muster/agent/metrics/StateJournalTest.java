package io.muster.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.agent.metrics.ServerState.Lifecycle;
import io.muster.agent.provider.NodeState;
import io.muster.agent.provider.NodeStatus;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.VmState;
import io.muster.agent.provider.VmStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which states make a row, and what survives the agent. */
class StateJournalTest {
  private static final Instant TICK = Instant.parse("2026-03-01T10:00:00Z");
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  @TempDir Path folder;

  private final Origin origin = Rows.origin();

  @Test
  void aState_isWrittenWhenFirstSeen_andWhenItChanges_atItsTick() {
    StateJournal journal = journal();
    assertThat(tell(journal, 0, vms("running"))).containsExactly("qemu:101 running 0");
    assertThat(tell(journal, 1, vms("stopped"))).containsExactly("qemu:101 stopped 10");
  }

  @Test
  void anUnchangedState_isWrittenOnceAMinute() {
    StateJournal journal = journal();
    List<String> rows = new ArrayList<>(tell(journal, 0, vms("running")));
    assertThat(rows).hasSize(1);
    for (int minute = 0; minute < 5; minute++) {
      List<String> ofMinute = new ArrayList<>();
      for (int tick = 1; tick <= 6; tick++) {
        ofMinute.addAll(tell(journal, minute * 6 + tick, vms("running")));
      }
      assertThat(ofMinute).as("minute %d", minute).hasSize(1);
    }
  }

  @Test
  void heartbeats_areSpreadOverTheTicksOfAMinute() {
    StateJournal journal = journal();
    List<VmState> vms =
        IntStream.range(0, 600).mapToObj(i -> Rows.vm("qemu:" + i, VmStatus.RUNNING)).toList();
    assertThat(tell(journal, 0, vms)).hasSize(600);
    List<Integer> counts = new ArrayList<>();
    for (int tick = 7; tick <= 12; tick++) {
      counts.add(tell(journal, tick - 6, vms).size());
    }
    assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(600);
    assertThat(counts).allMatch(count -> count > 50 && count < 150);
  }

  @Test
  void aServerPolledSeldom_hasItsStatesAtEachTick() {
    StateJournal journal = journal();
    for (int tick = 0; tick < 60; tick += 12) {
      assertThat(tell(journal, tick, vms("running"))).hasSize(1);
    }
  }

  @Test
  void whatIsMissingFromACompleteAnswer_getsOneRemovedRow() {
    StateJournal journal = journal();
    tell(journal, 0, vms("running"));
    assertThat(tell(journal, 1, List.of())).containsExactly("qemu:101 removed 10");
    assertThat(tell(journal, 2, List.of())).isEmpty();
    assertThat(tell(journal, 3, vms("running"))).containsExactly("qemu:101 running 30");
  }

  @Test
  void whatIsMissingFromAPartialAnswer_getsOneUnknownRow() {
    StateJournal journal = journal();
    tell(journal, 0, vms("running"));
    assertThat(partial(journal, 1)).containsExactly("qemu:101 unknown 10");
    assertThat(partial(journal, 20)).isEmpty();
    assertThat(tell(journal, 21, vms("running"))).containsExactly("qemu:101 running 210");
    assertThat(partial(journal, 22)).containsExactly("qemu:101 unknown 220");
    assertThat(tell(journal, 23, List.of())).containsExactly("qemu:101 removed 230");
  }

  @Test
  void whatVanishedWhileTheAgentWasDown_isRemovedByTheFirstCompleteAnswer() {
    StateJournal before = journal();
    tell(before, 0, List.of(Rows.vm("qemu:101", VmStatus.RUNNING), vm102()));
    before.save();
    StateJournal after = journal();
    after.load();
    assertThat(partial(after, 5))
        .containsExactlyInAnyOrder("qemu:101 unknown 50", "lxc:102 unknown 50");
    List<Row<?>> rows = snapshot(after, 6, vms("running"), true);
    assertThat(text(rows)).containsExactlyInAnyOrder("qemu:101 running 60", "lxc:102 removed 60");
    assertThat(rows.stream().map(Row::value).filter(VmState.class::isInstance))
        .anySatisfy(value -> {
          VmState state = (VmState) value;
          assertThat(state.vmId()).isEqualTo("lxc:102");
          assertThat(state.name()).isEqualTo("web");
          assertThat(state.node()).isEqualTo("pve-1");
        });
  }

  @Test
  void aBrokenFile_isLeftOut_andMadeAnew() throws IOException {
    StateJournal before = journal();
    tell(before, 0, vms("running"));
    before.save();
    Path file = folder.resolve("known").resolve(origin.serverId() + ".json");
    Files.writeString(file, Files.readString(file).substring(0, 40));
    StateJournal after = journal();
    after.load();
    assertThat(tell(after, 1, vms("running"))).containsExactly("qemu:101 running 10");
    after.save();
    StateJournal third = journal();
    third.load();
    assertThat(tell(third, 2, List.of())).containsExactly("qemu:101 removed 20");
  }

  @Test
  void aRemovedServer_takesItsNodesAndVmsWithIt_andIsForgottenOnDisk() {
    StateJournal journal = journal();
    tell(journal, 0, vms("running"));
    journal.snapshot(origin, tick(1), nodes());
    journal.state(origin, tick(1), Rows.server(Lifecycle.ACTIVE, INTERVAL));
    journal.save();
    List<Row<?>> rows = journal.state(origin, tick(2), Rows.server(Lifecycle.REMOVED, INTERVAL));
    assertThat(text(rows)).containsExactlyInAnyOrder("pve-1 removed 20", "server removed 20");
    assertThat(snapshot(journal, 3, vms("running"), true)).as("a late poll").isEmpty();
    journal.save();
    assertThat(folder.resolve("known")).isEmptyDirectory();
  }

  @Test
  void aServerThatLeftTheInventoryWhileTheAgentWasDown_isRemovedAtTheStart() {
    StateJournal before = journal();
    tell(before, 0, vms("running"));
    before.save();
    StateJournal after = journal();
    after.load();
    assertThat(text(after.retain(Set.of(), tick(9))))
        .containsExactlyInAnyOrder("qemu:101 removed 90", "server removed 90");
    assertThat(after.retain(Set.of(), tick(10))).isEmpty();
  }

  @Test
  void aServerThatCameBack_isRecordedAgain() {
    StateJournal journal = journal();
    tell(journal, 0, vms("running"));
    journal.retain(Set.of(), tick(1));
    journal.retain(Set.of(origin.serverId()), tick(2));
    assertThat(tell(journal, 3, vms("running"))).containsExactly("qemu:101 running 30");
  }

  @Test
  void aServersState_isWrittenOnChange_onRename_andOnceAMinute() {
    StateJournal journal = journal();
    ServerState active = Rows.server(Lifecycle.ACTIVE, INTERVAL);
    assertThat(journal.state(origin, tick(0), active)).hasSize(1);
    List<Row<?>> minute = new ArrayList<>();
    for (int tick = 1; tick <= 6; tick++) {
      minute.addAll(journal.state(origin, tick(tick), active));
    }
    assertThat(minute).hasSize(1);
    assertThat(journal.state(origin, tick(6), Rows.server(Lifecycle.DISABLED, INTERVAL)))
        .hasSize(1);
    Origin renamed =
        new Origin(origin.site(), origin.provider(), origin.serverId(), "another name");
    assertThat(journal.state(renamed, tick(6), Rows.server(Lifecycle.DISABLED, INTERVAL)))
        .singleElement()
        .satisfies(row -> assertThat(row.origin()).isEqualTo(renamed));
  }

  private StateJournal journal() {
    return new StateJournal(new KnownFiles(folder));
  }

  private static Instant tick(int number) {
    return TICK.plus(INTERVAL.multipliedBy(number));
  }

  private List<String> tell(StateJournal journal, int tick, List<VmState> vms) {
    return text(snapshot(journal, tick, vms, true));
  }

  private List<String> partial(StateJournal journal, int tick) {
    return text(snapshot(journal, tick, List.of(), false));
  }

  private List<Row<?>> snapshot(
      StateJournal journal, int tick, List<VmState> vms, boolean complete) {
    return journal.snapshot(origin, tick(tick), Rows.snapshot(List.of(), vms, List.of(), complete));
  }

  private static Snapshot nodes() {
    return Rows.snapshot(
        List.of(Rows.node("pve-1", NodeStatus.ONLINE)), List.of(), List.of(), true);
  }

  private static List<VmState> vms(String status) {
    return List.of(
        Rows.vm("qemu:101", VmStatus.valueOf(status.toUpperCase(java.util.Locale.ROOT))));
  }

  private static VmState vm102() {
    return new VmState(
        "lxc:102",
        null,
        "pve-1",
        "web",
        null,
        io.muster.agent.provider.VmType.LXC,
        VmStatus.RUNNING,
        null,
        null,
        List.of(),
        null,
        null,
        null,
        null,
        null);
  }

  /** {@code id status seconds-since-the-first-tick}. */
  private static List<String> text(List<Row<?>> rows) {
    return rows.stream()
        .map(row -> {
          long second = Duration.between(TICK, row.ts()).toSeconds();
          return switch (row.value()) {
            case VmState vm -> vm.vmId() + " " + vm.status().label() + " " + second;
            case NodeState node -> node.node() + " " + node.status().label() + " " + second;
            case ServerState server -> "server " + server.lifecycle().label() + " " + second;
            default -> throw new AssertionError(row.toString());
          };
        })
        .toList();
  }
}
