package io.muster.control.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.muster.protocol.configuration.ConfigurationException;
import io.muster.settings.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ControlSettingsTest {
  private static final Path PAGE = Path.of("..", "docs", "configuration.md");
  private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\|([^|]*)\\|");
  private static final Pattern NAME = Pattern.compile("`([A-Za-z_]+)`");

  private static ControlSettings read(Map<String, String> variables) {
    return ControlSettings.read(Variables.of(variables));
  }

  @Test
  void defaults_areForOneMachine() {
    ControlSettings settings = read(Map.of());

    assertThat(settings.address()).isEqualTo("127.0.0.1");
    assertThat(settings.port()).isEqualTo(8080);
    assertThat(settings.managementPort()).isEqualTo(8082);
    assertThat(settings.database().url()).startsWith("jdbc:h2:file:").contains("MODE=PostgreSQL");
    assertThat(settings.keyFile()).isEqualTo(Path.of("data", "muster.key"));
    assertThat(settings.denyAddresses()).contains("link-local", "metadata");
  }

  @Test
  void databaseAddress_isAlsoTakenAsCloudsWriteIt() {
    ControlSettings settings =
        read(
            Map.of(
                "DATABASE_URL", "postgresql://db.example.org:5432/muster", "DATABASE_USER", "m"));

    assertThat(settings.database().url()).isEqualTo("jdbc:postgresql://db.example.org:5432/muster");
    assertThat(settings.database().isPostgreSql()).isTrue();
  }

  @Test
  void everythingThatIsWrong_isToldAtOnceAndWithoutSecrets() {
    ConfigurationException failure =
        catchThrowableOfType(
            ConfigurationException.class,
            () ->
                read(
                    Map.of(
                        "PORT", "http",
                        "DATABASE_URL", "postgresql://ada:hidden@db/muster",
                        "MUSTER_KEY", "hidden",
                        "MUSTER_KEY_FILE", "key",
                        "MUSTER_PROXIES", "proxy.example.org")));

    assertThat(failure.problems().stream().map(problem -> problem.key()))
        .containsExactlyInAnyOrder("PORT", "DATABASE_URL", "MUSTER_KEY_FILE", "MUSTER_PROXIES");
    assertThat(failure.getMessage()).doesNotContain("hidden");
  }

  @Test
  void tableOfSettings_hasEveryKeyThatIsReadAndNoOther() throws IOException {
    String page = Files.readString(PAGE);
    String rest = page.substring(page.indexOf("\n## Settings of the control API\n") + 1);
    int end = rest.indexOf("\n## ");
    String settings = end < 0 ? rest : rest.substring(0, end);

    assertThat(
            FIRST_CELL
                .matcher(settings)
                .results()
                .flatMap(row -> NAME.matcher(group(row)).results())
                .map(ControlSettingsTest::group))
        .containsExactlyInAnyOrderElementsOf(ControlSettings.keys());
  }

  private static String group(MatchResult match) {
    String text = match.group(1);
    return text == null ? "" : text;
  }
}
