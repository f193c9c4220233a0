package io.muster.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.agent.provider.Changes;
import io.muster.agent.provider.Progress;
import io.muster.agent.provider.Revision;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.VmState;
import io.muster.agent.provider.VmStatus;
import io.muster.protocol.ProviderKind;
import io.muster.protocol.ServerId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** States that are seen between polls, however they cross the polls' own. */
final class ChangesTest {
  private static final Instant TICK = Instant.parse("2026-03-01T10:00:00Z");
  private static final VmState RUNNING = Rows.vm("pod:a:1", VmStatus.RUNNING);
  private static final VmState FAILED = Rows.vm("pod:a:1", VmStatus.FAILED);
  private static final VmState REMOVED = Rows.vm("pod:a:1", VmStatus.REMOVED);

  @TempDir Path folder;

  /** Its pod has its heart-beat 43 seconds after the minute: each row here is of a change. */
  private final Origin origin =
      new Origin(
          "lab",
          ProviderKind.KUBERNETES,
          new ServerId(UUID.fromString("00000000-0000-4000-8000-000000000012")),
          "k8s");

  @Test
  void aChange_isWrittenAtTheMomentItWasSeen() {
    StateJournal journal = journal();
    poll(journal, 0, Revision.next(), RUNNING);

    assertThat(change(journal, 7, Revision.next(), FAILED)).containsExactly("failed 7.0");
  }

  @Test
  void aChangeThatIsKnown_isNotWrittenAgain() {
    StateJournal journal = journal();
    poll(journal, 0, Revision.next(), RUNNING);

    assertThat(change(journal, 7, Revision.next(), RUNNING)).isEmpty();
    assertThat(change(journal, 8, Revision.next(), FAILED)).hasSize(1);
    assertThat(poll(journal, 10, Revision.next(), FAILED)).isEmpty();
  }

  @Test
  void aChangeFromBeforeASnapshot_doesNotUndoIt() {
    StateJournal journal = journal();
    poll(journal, 0, Revision.next(), RUNNING);
    Revision seenFirst = Revision.next();
    poll(journal, 10, Revision.next(), RUNNING);

    assertThat(change(journal, 11, seenFirst, FAILED)).isEmpty();
    assertThat(change(journal, 11, seenFirst, REMOVED)).isEmpty();
  }

  @Test
  void aSnapshotFromBeforeAChange_doesNotUndoIt() {
    StateJournal journal = journal();
    poll(journal, 0, Revision.next(), RUNNING);
    Revision seenFirst = Revision.next();
    change(journal, 11, Revision.next(), FAILED);

    assertThat(poll(journal, 10, seenFirst, RUNNING)).isEmpty();
    assertThat(poll(journal, 20, Revision.next(), FAILED)).isEmpty();
  }

  @Test
  void aSnapshotFromBeforeARemoval_doesNotBringTheThingBack() {
    StateJournal journal = journal();
    poll(journal, 0, Revision.next(), RUNNING);
    Revision seenFirst = Revision.next();

    assertThat(change(journal, 11, Revision.next(), REMOVED)).containsExactly("removed 11.0");
    assertThat(poll(journal, 10, seenFirst, RUNNING)).isEmpty();
    assertThat(poll(journal, 20, Revision.next())).isEmpty();
  }

  @Test
  void aSnapshotFromBeforeAThingCame_doesNotRemoveIt() {
    StateJournal journal = journal();
    poll(journal, 0, Revision.next());
    Revision seenFirst = Revision.next();

    assertThat(change(journal, 11, Revision.next(), RUNNING)).containsExactly("running 11.0");
    assertThat(poll(journal, 10, seenFirst)).isEmpty();
  }

  @Test
  void whatAPollSees_isWrittenAfterTheChangesThatWereWrittenSinceItsTick() {
    StateJournal journal = journal();
    poll(journal, 0, Revision.next(), RUNNING);
    change(journal, 11, Revision.next(), FAILED);

    assertThat(poll(journal, 10, Revision.next(), RUNNING)).containsExactly("running 11.000001");
  }

  @Test
  void twoChangesAtOneMoment_areTwoRows() {
    StateJournal journal = journal();
    poll(journal, 0, Revision.next(), RUNNING);

    assertThat(change(journal, 7, Revision.next(), FAILED)).containsExactly("failed 7.0");
    assertThat(change(journal, 7, Revision.next(), RUNNING)).containsExactly("running 7.000001");
  }

  private StateJournal journal() {
    return new StateJournal(new KnownFiles(folder));
  }

  private List<String> poll(StateJournal journal, int second, Revision revision, VmState... vms) {
    Snapshot snapshot =
        new Snapshot(
            Rows.NO_FACTS,
            List.of(),
            Arrays.asList(vms),
            List.of(),
            List.of(),
            true,
            true,
            List.of(),
            1,
            null,
            null,
            null,
            Progress.NONE,
            revision);
    return text(journal.snapshot(origin, TICK.plusSeconds(second), snapshot));
  }

  private List<String> change(StateJournal journal, int second, Revision revision, VmState vm) {
    return text(
        journal.changes(
            origin,
            new Changes(TICK.plusSeconds(second), revision, List.of(), List.of(vm), List.of())));
  }

  /** {@code status seconds-since-the-first-tick}. */
  private static List<String> text(List<Row<?>> rows) {
    return rows.stream()
        .map(row ->
            ((VmState) row.value()).status().label()
                + " "
                + java.time.Duration.between(TICK, row.ts()).toNanos() / 1e9)
        .toList();
  }
}
