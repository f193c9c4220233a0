package io.muster.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.control.crypto.KeyRotation;
import io.muster.control.crypto.SecretBox;
import io.muster.control.settings.ControlSettings;
import io.muster.settings.PlainFailureException;
import io.muster.settings.Variables;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Starts of its own: what a start refuses, and what survives one. */
class StartTest {
  @TempDir Path folder;

  private ControlSettings settings(Map<String, String> more) {
    Map<String, String> variables = new HashMap<>(more);
    variables.putIfAbsent("MUSTER_DATA", folder.toString());
    variables.put("PORT", "0");
    variables.put("MUSTER_MANAGEMENT_PORT", "0");
    return ControlSettings.read(Variables.of(variables));
  }

  private ControlParts parts() {
    ControlSettings settings = settings(Map.of());
    return ControlParts.start(settings, ControlProperties.of(settings, 0, 0));
  }

  @ParameterizedTest
  @EnumSource(Database.class)
  void secondControlApiOnTheDatabase_isRefused(Database database) {
    ControlRig rig = ControlRig.on(database);
    Map<String, String> variables = new HashMap<>(database.variables(rig.folder()));
    if (database == Database.H2) {
      // Beside PostgreSQL a data folder of its own: the database alone is shared.
      variables.put("MUSTER_DATA", rig.folder().toString());
    }

    assertThatThrownBy(() -> ControlApi.start(settings(variables)).close())
        .isInstanceOf(PlainFailureException.class)
        .hasMessageContaining("pid " + ProcessHandle.current().pid());
  }

  @Test
  void wrongKey_refusesToStartAndChangesNothing() throws IOException {
    ControlApi.start(settings(Map.of())).close();
    Path key = folder.resolve("muster.key");
    String right = Files.readString(key);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");

    Files.writeString(key, "A".repeat(43) + "=");
    assertThatThrownBy(() -> ControlApi.start(settings(Map.of())))
        .isInstanceOf(PlainFailureException.class)
        .hasMessageContaining("not the one that this database's secrets were sealed with");
    assertThatThrownBy(this::rotate)
        .isInstanceOf(PlainFailureException.class)
        .hasMessageContaining("not the one that this database's secrets were sealed with");
    assertThat(Files.readString(key)).isEqualTo("A".repeat(43) + "=");
    Files.delete(key);
    assertThatThrownBy(() -> ControlApi.start(settings(Map.of())))
        .hasMessageContaining("There is no key file");
    assertThat(key).doesNotExist();

    Files.writeString(key, right);
    ControlApi.start(settings(Map.of())).close();
  }

  @Test
  void rotation_sealsAnewAndOldKeyOpensNothing() throws IOException {
    UUID server = UUID.randomUUID();
    try (ControlParts parts = parts()) {
      parts.bean(TestRows.class).server(server, "hidden");
    }
    String old = Files.readString(folder.resolve("muster.key"));

    assertThat(rotate()).isEqualTo(1);

    assertThat(Files.readString(folder.resolve("muster.key"))).isNotEqualTo(old);
    assertThat(folder.resolve("muster.key.next")).doesNotExist();
    assertThat(opened(server)).isEqualTo("hidden");
    Files.writeString(folder.resolve("muster.key"), old);
    assertThatThrownBy(() -> ControlApi.start(settings(Map.of())))
        .isInstanceOf(PlainFailureException.class);
  }

  @Test
  void rotationThatEndedBeforeTheFileWasReplaced_isFinishedByTheNextStart() throws IOException {
    UUID server = UUID.randomUUID();
    Path key = folder.resolve("muster.key");
    try (ControlParts parts = parts()) {
      parts.bean(TestRows.class).server(server, "hidden");
    }
    String old = Files.readString(key);
    rotate();
    Files.move(key, folder.resolve("muster.key.next"));
    Files.writeString(key, old);

    assertThat(opened(server)).isEqualTo("hidden");
    assertThat(folder.resolve("muster.key.next")).doesNotExist();
  }

  private int rotate() {
    try (ControlParts parts = parts()) {
      return parts.bean(KeyRotation.class).rotate();
    }
  }

  private String opened(UUID server) {
    try (ControlParts parts = parts()) {
      return new String(
          parts.bean(SecretBox.class).open(server, parts.bean(TestRows.class).secrets(server)),
          StandardCharsets.UTF_8);
    }
  }
}
