package io.muster.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentIdentityTest {
  @TempDir Path folder;

  @Test
  void load_makesAnIdentityOnce_andKeepsIt() throws IOException {
    Path data = folder.resolve("data");
    UUID first = AgentIdentity.load(data);
    assertThat(AgentIdentity.load(data)).isEqualTo(first);
    assertThat(AgentIdentity.load(folder.resolve("other"))).isNotEqualTo(first);
  }

  @Test
  void theFile_isTheOwnersAlone() throws IOException {
    AgentIdentity.load(folder);
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("agent-id"))))
        .isEqualTo("rw-------");
    try (var files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void load_refusesAFileThatHoldsSomethingElse_namingIt() throws IOException {
    Files.writeString(folder.resolve("agent-id"), "pve-1\n");
    assertThatThrownBy(() -> AgentIdentity.load(folder))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("agent-id")
        .hasMessageContaining("delete it");
  }
}
