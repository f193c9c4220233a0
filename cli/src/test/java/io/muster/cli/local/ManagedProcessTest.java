package io.muster.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManagedProcessTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir Path folder;

  @Test
  void stop_endsAProgramThatListensToSigterm() throws IOException {
    var process = shell("trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.05; done");
    Await.that(() -> process.lastLogLines(1).equals(List.of("up")));
    process.stop(ManagedProcess.STOP_PATIENCE);
    assertThat(process.exitCode()).isZero();
    assertThat(process.lastLogLines(5)).containsExactly("up", "bye");
  }

  @Test
  void stop_killsAProgramThatDoesNot() throws IOException {
    var process = shell("trap '' TERM; echo up; while :; do sleep 0.05; done");
    Await.that(() -> process.lastLogLines(1).equals(List.of("up")));
    process.stop(SHORT);
    assertThat(process.exitCode()).isEqualTo(128 + 9);
  }

  @Test
  void start_keepsTheTerminalsInterruptAwayFromIt() throws Exception {
    try (var process = shell("echo up; exec sleep 30")) {
      Await.that(() -> process.lastLogLines(1).equals(List.of("up")));
      new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
      assertThat(process.awaitExit(SHORT)).isFalse();
    }
  }

  @Test
  void start_leavesOutWhatTheChildMustNotInherit() throws IOException {
    var spec =
        new ProcessSpec(
            "env", List.of("env"), Map.of("PATHS", "own"), List.of("HOME", "PATH"), folder, log());
    try (var process = ManagedProcess.start(spec)) {
      assertThat(process.awaitExit(Duration.ofSeconds(10))).isTrue();
      assertThat(process.lastLogLines(100))
          .contains("PATHS=own")
          .noneMatch(line -> line.startsWith("HOME="));
    }
  }

  @Test
  void lastLogLines_leaveOutWhatAnEarlierRunWrote() throws IOException {
    shell("echo first").awaitExit(Duration.ofSeconds(10));
    var second = shell("echo second");
    second.awaitExit(Duration.ofSeconds(10));
    assertThat(second.lastLogLines(10)).containsExactly("second");
    assertThat(Files.readAllLines(log())).containsExactly("first", "second");
  }

  @Test
  void start_setsABigLogAside_andKeepsLogsPrivate() throws IOException {
    Files.write(log(), new byte[(int) LogFile.ROTATE_BYTES + 1]);
    shell("echo fresh").awaitExit(Duration.ofSeconds(10));
    assertThat(Files.readAllLines(log())).containsExactly("fresh");
    assertThat(log().resolveSibling("program.log.1")).hasSize(LogFile.ROTATE_BYTES + 1);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log())))
        .isEqualTo("rw-------");
  }

  @Test
  void await_saysWithWhichLastWordsAProgramEnded() throws IOException {
    var process = shell("echo cannot open the pod bay doors; exit 9");
    assertThatThrownBy(
            () -> Readiness.await(process, Duration.ofSeconds(10), "it is silent", () -> false))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("program ended with exit code 9")
        .hasMessageContaining("cannot open the pod bay doors");
  }

  @Test
  void await_givesUpOnAProgramThatNeverBecomesReady() throws IOException {
    try (var process = shell("exec sleep 30")) {
      assertThatThrownBy(() -> Readiness.await(process, SHORT, "it is silent", () -> false))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("program is not ready after 0 s: it is silent");
    }
  }

  private ManagedProcess shell(String script) throws IOException {
    return ManagedProcess.start(
        new ProcessSpec(
            "program", List.of("/bin/sh", "-c", script), Map.of(), List.of(), folder, log()));
  }

  private Path log() {
    return folder.resolve("program.log");
  }
}
