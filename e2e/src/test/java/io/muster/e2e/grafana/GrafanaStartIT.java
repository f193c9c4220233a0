package io.muster.e2e.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.e2e.Launcher;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the launcher starts a Grafana that is on the machine. */
class GrafanaStartIT {
  @TempDir Path folder;

  @Test
  void demo_startsTheGrafanaOfTheMachine_withAllThatProvisioningNeeds() throws Exception {
    var home = GrafanaStandIn.unpackIn(folder.resolve("grafana"));
    try (var demo = Launcher.startWithGrafana(home, "demo", "e2e-grafana").awaitStarted()) {
      var endpoints = demo.endpoints();
      var seen = GrafanaStandIn.seen(demo.stateFolder().resolve("grafana"));

      assertThat(seen.getProperty("arguments")).isEqualTo("server --homepath " + home);
      assertThat(endpoints.path("grafana").asText() + "/")
          .isEqualTo(seen.getProperty("GF_SERVER_ROOT_URL"));
      assertThat(Path.of(seen.getProperty("GF_PATHS_PROVISIONING"), "datasources")).isDirectory();
      assertThat(Path.of(seen.getProperty("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH")))
          .isRegularFile()
          .hasParent(Path.of(seen.getProperty("MUSTER_DASHBOARDS")));
      assertThat(seen.getProperty("GF_SECURITY_ADMIN_PASSWORD"))
          .isEqualTo(endpoints.path("grafanaPassword").asText());
      try (var reader =
          DriverManager.getConnection(
              "jdbc:postgresql://%s:%s/qdb"
                  .formatted(seen.getProperty("QUESTDB_HOST"), seen.getProperty("QUESTDB_PG_PORT")),
              seen.getProperty("QUESTDB_READONLY_USER"),
              seen.getProperty("QUESTDB_READONLY_PASSWORD"))) {
        assertThat(reader.createStatement().executeQuery("SELECT 1").next()).isTrue();
      }
    }
  }

  @Test
  void aGrafanaHomeThatIsNone_isSaidBeforeAnythingIsLeftRunning() throws Exception {
    var empty = Files.createDirectories(folder.resolve("empty"));
    try (var demo = Launcher.startWithGrafana(empty, "demo", "e2e-no-grafana")) {
      assertThat(demo.awaitExit()).isEqualTo(1);
      assertThat(demo.text())
          .contains("GRAFANA_HOME is " + empty)
          .contains("bin/grafana")
          .doesNotContain("\tat ");
      assertThat(demo.programs()).isEmpty();
    }
  }
}
