package io.muster.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.protocol.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuestDbProcessTest {
  @TempDir Path folder;

  @Test
  void start_isReadyForSqlAndForItsUserAlone() throws IOException {
    try (var questDb = QuestDbProcess.start(folder.resolve("db"))) {
      assertThat(questDb.execute("SELECT 40 + 2 answer")).contains("[[42]]");
      var stranger = new QuestDbHttp(questDb.httpUrl(), "admin", new Secret("wrong"));
      assertThatThrownBy(() -> stranger.execute("SELECT 1"))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("401");
      assertThat(questDb.pgAddress()).startsWith("127.0.0.1:");
    }
  }

  @Test
  void kill_thenRestart_keepsPortsAndRows() throws IOException {
    try (var questDb = QuestDbProcess.start(folder.resolve("db"))) {
      questDb.execute("CREATE TABLE kept (ts TIMESTAMP, x INT) TIMESTAMP(ts) PARTITION BY DAY WAL");
      questDb.execute("INSERT INTO kept VALUES (now(), 7)");
      var address = questDb.httpUrl();
      questDb.kill();
      assertThat(questDb.process().exitCode()).isEqualTo(128 + 9);

      questDb.restart();
      assertThat(questDb.httpUrl()).isEqualTo(address);
      Await.that(() -> questDb.execute("SELECT x FROM kept").contains("[[7]]"));
    }
  }

  @Test
  void stop_endsIt_andItsSecretsAreInNeitherLogNorCommandLine() throws IOException {
    var questDb = QuestDbProcess.start(folder.resolve("db"));
    var secret = questDb.password().reveal();
    var handle = ProcessHandle.of(questDb.process().pid()).orElseThrow();
    assertThat(handle.info().commandLine().orElseThrow())
        .contains("ServerMain")
        .doesNotContain(secret);

    questDb.stop();
    assertThat(handle.isAlive()).isFalse();
    assertThat(Files.readString(questDb.settings().log()))
        .contains("QuestDB")
        .doesNotContain(secret);
  }

  @Test
  void start_onATakenPort_failsWithItsOwnLastWords() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var settings =
          QuestDbSettings.inFolder(folder.resolve("db"))
              .withPorts(taken.getLocalPort(), Ports.free("127.0.0.1", 1).getFirst());
      assertThatThrownBy(() -> QuestDbProcess.start(settings))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("ended with exit code")
          .hasMessageContaining("could not bind socket");
    }
  }
}
