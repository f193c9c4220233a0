package io.muster.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrafanaInstallationTest {
  @TempDir Path folder;

  @Test
  void find_takesTheFolderThatGrafanaHomeNames() throws IOException {
    var home = unpack("one", "grafana");
    var other = unpack("two", "grafana");
    assertThat(
            GrafanaInstallation.find(
                Map.of("GRAFANA_HOME", home.toString(), "PATH", other.resolve("bin").toString())))
        .hasValueSatisfying(found ->
            assertThat(found.command())
                .containsExactly(
                    home.resolve("bin/grafana").toString(),
                    "server",
                    "--homepath",
                    home.toString()));
  }

  @Test
  void find_startsAnOlderServerByItsOwnName() throws IOException {
    var home = unpack("old", "grafana-server");
    assertThat(GrafanaInstallation.find(Map.of("GRAFANA_HOME", home.toString())))
        .hasValueSatisfying(found ->
            assertThat(found.command())
                .containsExactly(
                    home.resolve("bin/grafana-server").toString(), "--homepath", home.toString()));
  }

  @Test
  void find_followsALinkOnThePathToItsHome() throws IOException {
    var home = unpack("unpacked", "grafana").toRealPath();
    var bin = Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("grafana"), home.resolve("bin/grafana"));
    assertThat(GrafanaInstallation.find(Map.of("PATH", "/nowhere:" + bin)))
        .hasValueSatisfying(found -> assertThat(found.home()).isEqualTo(home));
  }

  @Test
  void find_isEmptyWhereThereIsNone() {
    assertThat(GrafanaInstallation.find(Map.of("PATH", folder.toString()))).isEmpty();
    assertThat(GrafanaInstallation.find(Map.of())).isEmpty();
  }

  @Test
  void find_saysWhatIsWrongWithAGrafanaHomeThatIsNone() {
    assertThatThrownBy(() -> GrafanaInstallation.find(Map.of("GRAFANA_HOME", folder.toString())))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("GRAFANA_HOME is " + folder)
        .hasMessageContaining("conf/defaults.ini");
  }

  private Path unpack(String name, String program) throws IOException {
    var home = folder.resolve(name);
    var file = Files.createDirectories(home.resolve("bin")).resolve(program);
    Files.createFile(file);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    Files.createFile(Files.createDirectories(home.resolve("conf")).resolve("defaults.ini"));
    return home;
  }
}
