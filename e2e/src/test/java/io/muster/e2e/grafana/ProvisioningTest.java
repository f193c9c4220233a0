package io.muster.e2e.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The files that tell Grafana where the rows and the dashboards are. */
class ProvisioningTest {
  private static final Provisioned PROVISIONED = Provisioned.ofCheckout();
  private static final Pattern VARIABLE = Pattern.compile("(?<!\\$)\\$\\{([A-Z][A-Z0-9_]*)}");

  @Test
  void everyFile_saysItsVersion() {
    assertThat(PROVISIONED.files()).isNotEmpty();
    PROVISIONED
        .files()
        .forEach((path, tree) -> {
          assertThat(tree.path("apiVersion").isInt()).as(path).isTrue();
          assertThat(tree.path("apiVersion").asInt()).as(path).isEqualTo(1);
        });
  }

  @Test
  void source_isTheOneThatDashboardsAskFor_asTheReadOnlyUser() {
    var file = file("datasources/questdb.yaml");
    assertThat(file.path("prune").isBoolean()).isTrue();
    assertThat(file.path("datasources")).hasSize(1);
    var source = file.path("datasources").get(0);
    assertThat(source.path("uid").asText()).isEqualTo("questdb");
    assertThat(source.path("type").asText()).isEqualTo("grafana-postgresql-datasource");
    assertThat(source.path("access").asText()).isEqualTo("proxy");
    assertThat(source.path("isDefault").asBoolean()).isTrue();
    assertThat(source.path("user").asText()).isEqualTo("${QUESTDB_READONLY_USER}");
    assertThat(source.path("secureJsonData").path("password").asText())
        .isEqualTo("${QUESTDB_READONLY_PASSWORD}");
    var settings = source.path("jsonData");
    assertThat(settings.path("database").asText()).isEqualTo("qdb");
    assertThat(settings.path("timeInterval").asText()).isEqualTo("10s");
    for (var number : new String[] {"postgresVersion", "maxOpenConns", "maxIdleConns"}) {
      assertThat(settings.path(number).isInt()).as(number).isTrue();
    }
  }

  @Test
  void provider_readsAFolderAndKeepsItsDashboardsReadOnly() {
    var provider = file("dashboards/muster.yaml").path("providers").get(0);
    assertThat(provider.path("orgId").isInt()).isTrue();
    assertThat(provider.path("folder").asText()).isEqualTo("Muster");
    assertThat(provider.path("folderUid").asText()).isEqualTo("muster");
    assertThat(provider.path("type").asText()).isEqualTo("file");
    assertThat(provider.path("updateIntervalSeconds").isInt()).isTrue();
    assertThat(provider.path("allowUiUpdates").isBoolean()).isTrue();
    assertThat(provider.path("allowUiUpdates").asBoolean()).isFalse();
    assertThat(provider.path("options").path("path").asText()).isEqualTo("${MUSTER_DASHBOARDS}");
  }

  /** An unset variable becomes empty in Grafana, without a word. */
  @Test
  void everyVariable_isDocumentedWithItsValue() {
    var docs = Provisioned.checkout().resolve("docs");
    var documented =
        Provisioned.text(docs.resolve("dashboards.md"))
            + Provisioned.text(docs.resolve("alerts.md"));
    var variables = new TreeSet<String>();
    PROVISIONED
        .files()
        .values()
        .forEach(tree ->
            VARIABLE
                .matcher(tree.toString())
                .results()
                .forEach(match -> variables.add(match.group(1))));
    assertThat(variables).isNotEmpty();
    assertThat(variables)
        .allSatisfy(
            variable -> assertThat(documented).containsPattern("\\| `" + variable + "` \\| \\S"));
  }

  private static JsonNode file(String path) {
    return Objects.requireNonNull(PROVISIONED.files().get(path), path);
  }
}
