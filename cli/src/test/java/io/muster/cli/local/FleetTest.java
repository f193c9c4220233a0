package io.muster.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetTest {
  @TempDir Path folder;

  @Test
  void end_endsTheLastStartedFirst() throws IOException {
    var fleet = new Fleet(records());
    var order = folder.resolve("order");
    for (var name : List.of("one", "two", "three")) {
      var process =
          fleet.start(
              spec(
                  name,
                  "trap 'echo %s >> order; exit 0' TERM; echo up; while :; do sleep 0.05; done"
                      .formatted(name)));
      Await.that(() -> process.lastLogLines(1).equals(List.of("up")));
    }
    fleet.end();
    assertThat(Files.readAllLines(order)).containsExactly("three", "two", "one");
    assertThat(recordFile()).doesNotExist();
  }

  @Test
  void dead_namesTheOneThatDied_untilAllAreEndedOnPurpose() {
    var fleet = new Fleet(records());
    fleet.start(spec("stays", "exec sleep 30"));
    var dying = fleet.start(spec("dies", "exit 3"));
    dying.awaitExit(Duration.ofSeconds(10));
    assertThat(fleet.dead()).contains(dying);
    fleet.end();
    assertThat(fleet.dead()).isEmpty();
  }

  @Test
  void start_afterTheEnd_leavesNothingBehind() {
    var fleet = new Fleet(records());
    fleet.end();
    assertThatThrownBy(() -> fleet.start(spec("late", "exec sleep 30")))
        .isInstanceOf(StartException.class);
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void endLeftovers_endsWhatAKilledLauncherLeft() throws IOException {
    var left = ManagedProcess.start(spec("QuestDB", "exec sleep 30"));
    records().add(left);

    var notices = new ArrayList<String>();
    records().endLeftovers(notices::add);
    assertThat(left.awaitExit(Duration.ofSeconds(10))).isTrue();
    assertThat(notices)
        .singleElement()
        .asString()
        .contains("Ending QuestDB (process " + left.pid());
    assertThat(recordFile()).doesNotExist();
  }

  @Test
  void endLeftovers_sparesAnotherProcessWithTheSameNumber() throws IOException {
    try (var stranger = ManagedProcess.start(spec("stranger", "exec sleep 30"))) {
      Files.writeString(
          recordFile(),
          "[{\"name\":\"QuestDB\",\"pid\":%d,\"startedAtMillis\":1000}]".formatted(stranger.pid()));
      records().endLeftovers(notice -> {});
      assertThat(stranger.isAlive()).isTrue();
    }
  }

  @Test
  void take_refusesAFolderThatAnotherLauncherHolds() throws IOException {
    var held = folder.resolve("demo");
    try (var first = StateFolder.take(held)) {
      assertThat(first.path()).isEqualTo(held);
      // One JVM cannot hold a lock twice, so the second launcher is a process of its own.
      var second = HoldingProcess.take(held);
      assertThat(second).contains("runs already", String.valueOf(ProcessHandle.current().pid()));
    }
    assertThat(HoldingProcess.take(held)).contains("taken");
  }

  @Test
  void password_staysTheSame_inAFileForTheOwnerAlone() throws IOException {
    var made = Credentials.in(folder, notice -> {}).password("questdb-admin");
    assertThat(Credentials.in(folder, notice -> {}).password("questdb-admin")).isEqualTo(made);
    assertThat(Credentials.in(folder, notice -> {}).password("another")).isNotEqualTo(made);
    assertThat(Files.getPosixFilePermissions(folder.resolve("credentials.json"))).hasSize(2);
  }

  private ProcessSpec spec(String name, String script) {
    return new ProcessSpec(
        name,
        List.of("/bin/sh", "-c", script),
        Map.of(),
        List.of(),
        folder,
        folder.resolve(name + ".log"));
  }

  private ProcessRecords records() {
    return new ProcessRecords(recordFile());
  }

  private Path recordFile() {
    return folder.resolve("processes.json");
  }
}
