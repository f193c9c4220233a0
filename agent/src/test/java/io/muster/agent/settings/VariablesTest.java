package io.muster.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.muster.protocol.configuration.ConfigurationException;
import io.muster.protocol.configuration.ConfigurationProblem;
import io.muster.settings.Variables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariablesTest {
  @TempDir Path folder;

  private Variables read(Map<String, String> environment) {
    return Variables.read(environment, folder);
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }

  private List<ConfigurationProblem> problems(Map<String, String> environment) {
    return catchThrowableOfType(
            ConfigurationException.class, () -> AgentSettings.read(read(environment)))
        .problems();
  }

  @Test
  void file_setsWhatTheEnvironmentLeavesOpen() throws IOException {
    write("application.yml", "MUSTER_SITE: berlin\nMUSTER_RETENTION_DAYS: 14 # two weeks\n");

    AgentSettings settings = AgentSettings.read(read(Map.of("MUSTER_RETENTION_DAYS", "3")));

    assertThat(settings.site()).isEqualTo("berlin");
    assertThat(settings.retention().rawDays()).isEqualTo(3);
  }

  @Test
  void emptyVariable_leavesTheSettingToTheFile() throws IOException {
    write("application.yml", "MUSTER_SITE: berlin\n");

    assertThat(AgentSettings.read(read(Map.of("MUSTER_SITE", " "))).site()).isEqualTo("berlin");
  }

  @ParameterizedTest
  @CsvSource({
    "QUESTDB_PASSWORD_FILE, QUESTDB_PASSWORD",
    "https_proxy, HTTPS_PROXY",
    "METRICS_HISTORY_MINUTES, MUSTER_RETENTION_DAYS",
    "PROXMOX_NODE_1_TOKEN_SECRET, PROXMOX_NODE_1_TOKEN_SECRET_FILE"
  })
  void environment_winsUnderEveryNameOfASetting(String inEnvironment, String inFile)
      throws IOException {
    write("application.yml", inFile + ": from-file\n");

    Variables variables = read(Map.of(inEnvironment, "from-environment"));

    assertThat(variables.get(inFile)).isNull();
    assertThat(variables.get(inEnvironment)).isEqualTo("from-environment");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0012           | 0012
          1e5            | 1e5
          12:34:56       | 12:34:56
          yes            | yes
          '"a: # b"'     | a: # b
          2026-01-01     | 2026-01-01
          """)
  void values_areTakenAsTheyAreWritten(String written, String value) throws IOException {
    write("application.yml", "QUESTDB_PASSWORD: " + written + "\n");

    assertThat(read(Map.of()).get("QUESTDB_PASSWORD")).isEqualTo(value);
  }

  @Test
  void namedFiles_areReadInPlaceOfTheUsualOneAndTheLaterOnesWin() throws IOException {
    write("application.yml", "QUESTDB_USER: usual\n");
    write("a.yml", "MUSTER_SITE: a\nMUSTER_SPOOL_BYTES: 2MiB\n");
    write("b.yml", "MUSTER_SITE: b\n");

    AgentSettings settings =
        AgentSettings.read(read(Map.of("MICRONAUT_CONFIG_FILES", "a.yml, file:b.yml")));

    assertThat(settings.site()).isEqualTo("b");
    assertThat(settings.spoolBytes()).isEqualTo(2L << 20);
    assertThat(settings.questDb().address().user()).isNull();
  }

  @Test
  void namedFileThatIsMissing_isTold() {
    assertThat(problems(Map.of("MICRONAUT_CONFIG_FILES", "nowhere.yml")))
        .singleElement()
        .extracting(ConfigurationProblem::message)
        .asString()
        .startsWith("nowhere.yml: found no such file");
  }

  @Test
  void noFileAtAll_isNoProblem() {
    assertThat(AgentSettings.read(read(Map.of())).site()).isEqualTo("default");
  }

  @Test
  void wrongValue_isToldWithTheFileWhereItStands() throws IOException {
    write("application.yml", "MUSTER_SITE: '?'\nMUSTER_RETENTION_DAYS: 0\n");

    assertThat(problems(Map.of("MUSTER_RETENTION_DAYS", "week")))
        .extracting(ConfigurationProblem::file, ConfigurationProblem::key)
        .containsExactlyInAnyOrder(
            tuple("application.yml", "MUSTER_SITE"), tuple("environment", "MUSTER_RETENTION_DAYS"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          MUSTER_SIET: x                          | did you mean 'MUSTER_SITE'
          COLOUR_OF_THE_SKY: hidden-5f0c          | unknown key
          micronaut: {server: {port: 1}}          | a plain value
          NO_PROXY: [hidden-5f0c]                 | a list or an object
          "MUSTER_SITE: a\nMUSTER_SITE: b"        | once
          "QUESTDB_PASSWORD: *hidden-5f0c"        | not YAML in line 1
          "MUSTER_SITE: {hidden-5f0c"             | not YAML in line
          hidden-5f0c                             | no names in it
          """)
  void wrongFile_isToldWithoutAValueOfIt(String content, String told) throws IOException {
    write("application.yml", content.replace("\\n", "\n"));

    assertThat(problems(Map.of()))
        .first()
        .extracting(ConfigurationProblem::message)
        .asString()
        .startsWith("application.yml")
        .contains(told)
        .doesNotContain("hidden-5f0c");
  }

  @Test
  void fileThatIsWrong_isToldTogetherWithTheEnvironment() throws IOException {
    write("application.yml", "- x\n");

    assertThat(problems(Map.of("ENABLE_DEV_TOOLS", "perhaps")))
        .extracting(ConfigurationProblem::file)
        .containsExactly("application.yml", "environment");
  }

  @Test
  void secretInTheFile_isReadAndNotPrinted() throws IOException {
    write("application.yml", "QUESTDB_USER: u\nQUESTDB_PASSWORD: hidden-5f0c\n");

    AgentSettings settings = AgentSettings.read(read(Map.of()));

    assertThat(Objects.requireNonNull(settings.questDb().address().password()).reveal())
        .isEqualTo("hidden-5f0c");
    assertThat(settings.toString()).doesNotContain("hidden-5f0c");
  }
}
