package io.muster.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.muster.protocol.AddressRules;
import io.muster.protocol.configuration.ConfigurationException;
import io.muster.protocol.configuration.ConfigurationProblem;
import io.muster.schema.QuestDbAddress;
import io.muster.schema.Retention;
import io.muster.settings.LogSettings;
import io.muster.settings.Variables;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentSettingsTest {
  @TempDir Path folder;

  private static AgentSettings read(Map<String, String> environment) {
    return AgentSettings.read(Variables.of(environment));
  }

  private static List<ConfigurationProblem> problems(Map<String, String> environment) {
    return catchThrowableOfType(ConfigurationException.class, () -> read(environment)).problems();
  }

  @Test
  void nothingSet_givesDefaults() {
    AgentSettings settings = read(Map.of("MUSTER_SITE", " ", "MUSTER_URL", ""));
    assertThat(settings)
        .isEqualTo(
            new AgentSettings(
                "default",
                Path.of("data"),
                null,
                null,
                AddressRules.DEFAULT,
                new AgentSettings.QuestDb(QuestDbAddress.local(), null),
                null,
                1L << 30,
                new Retention(7, 730),
                Duration.ZERO,
                "127.0.0.1",
                8081,
                false,
                new Proxies(null, List.of()),
                new LogSettings("info", "plain")));
  }

  @Test
  void everyKey_isRead() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "hidden-5f0c\n");
    AgentSettings settings =
        read(
            Map.ofEntries(
                Map.entry("MUSTER_SITE", "berlin"),
                Map.entry("MUSTER_DATA", "/var/lib/muster"),
                Map.entry("MUSTER_CONFIG", "/etc/muster.json"),
                Map.entry("QUESTDB_URL", "https://quest:9000"),
                Map.entry("QUESTDB_USER", "writer"),
                Map.entry("QUESTDB_PASSWORD_FILE", secret.toString()),
                Map.entry("MUSTER_POLL_INTERVAL", "30s"),
                Map.entry("MUSTER_SPOOL_BYTES", "512MiB"),
                Map.entry("MUSTER_RETENTION_DAYS", "14"),
                Map.entry("MUSTER_RETENTION_HOURLY_DAYS", "365"),
                Map.entry("MUSTER_BACKFILL_HOURS", "312"),
                Map.entry("MUSTER_MANAGEMENT_PORT", "0"),
                Map.entry("ENABLE_DEV_TOOLS", "true"),
                Map.entry("LOG_LEVEL", "DEBUG"),
                Map.entry("MUSTER_LOG_FORMAT", "json"),
                Map.entry("HTTPS_PROXY", "http://me:hidden-5f0c@proxy:3128"),
                Map.entry("NO_PROXY", "localhost, .example.org")));
    assertThat(settings.site()).isEqualTo("berlin");
    assertThat(settings.dataFolder()).isEqualTo(Path.of("/var/lib/muster"));
    assertThat(settings.inventoryFile()).isEqualTo(Path.of("/etc/muster.json"));
    assertThat(settings.questDb().address().url()).isEqualTo(URI.create("https://quest:9000"));
    assertThat(Objects.requireNonNull(settings.questDb().address().password()).reveal())
        .isEqualTo("hidden-5f0c");
    assertThat(settings.pollInterval()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.spoolBytes()).isEqualTo(512L << 20);
    assertThat(settings.backfillReach()).isEqualTo(Duration.ofDays(13));
    assertThat(settings.retention()).isEqualTo(new Retention(14, 365));
    assertThat(settings.managementPort()).isZero();
    assertThat(settings.log()).isEqualTo(new LogSettings("debug", "json"));
    assertThat(settings.devTools()).isTrue();
    assertThat(settings.proxies().noProxy()).containsExactly("localhost", ".example.org");
    assertThat(settings.toString()).doesNotContain("hidden-5f0c");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1440, 1", "1441, 2", "10080, 7"})
  void historyMinutes_areRoundedUpToDays(String minutes, int days) {
    assertThat(read(Map.of("METRICS_HISTORY_MINUTES", minutes)).retention().rawDays())
        .isEqualTo(days);
    assertThat(
            read(Map.of("METRICS_HISTORY_MINUTES", minutes, "MUSTER_RETENTION_DAYS", "3"))
                .retention()
                .rawDays())
        .isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({"10s, 10000", "1m, 60000", "90, 90000", "1500ms, 1500", "1h, 3600000", "2.5s, 2500"})
  void durations_areReadAsPeopleWriteThem(String text, long millis) {
    assertThat(read(Map.of("MUSTER_POLL_INTERVAL", text)).pollInterval())
        .isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({"1GiB, 1073741824", "2GB, 2000000000", "1048576, 1048576", "1.5 MiB, 1572864"})
  void sizes_areReadAsPeopleWriteThem(String text, long bytes) {
    assertThat(read(Map.of("MUSTER_SPOOL_BYTES", text)).spoolBytes()).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          MUSTER_SITE                  | a;b                       | 'a;b'                 | matches
          MUSTER_POLL_INTERVAL         | soon                      | 'soon'                | 10s or 1m
          MUSTER_POLL_INTERVAL         | 2h                        | '2h'                  | 3600 s
          MUSTER_POLL_INTERVAL         | 10 parsecs                | '10 parsecs'          | 10s or 1m
          MUSTER_SPOOL_BYTES           | 1KiB                      | '1KiB'                | at least 1048576
          MUSTER_SPOOL_BYTES           | 999999999999999GiB        | '999999999999999GiB'  | 1GiB
          MUSTER_RETENTION_DAYS        | 0                         | '0'                   | from 1 to
          METRICS_HISTORY_MINUTES      | week                      | 'week'                | a whole number
          MUSTER_RETENTION_HOURLY_DAYS | -1                        | '-1'                  | from 1 to
          MUSTER_MANAGEMENT_PORT       | 65536                     | '65536'               | 0 to 65535
          ENABLE_DEV_TOOLS             | perhaps                   | 'perhaps'             | true or false
          QUESTDB_URL                  | quest:9000                | 'quest:9000'          | http:// or https://
          LOG_LEVEL                    | loud                      | 'loud'                | one of error, warn, info
          MUSTER_LOG_FORMAT            | xml                       | 'xml'                 | one of plain, json
          QUESTDB_URL                  | http://quest:9000/exec    | 'http://quest:9000/exec' | nothing after the port
          QUESTDB_URL                  | http://u:hidden-5f0c@q    | 'http://***@q'        | QUESTDB_USER
          QUESTDB_PASSWORD_FILE        | /nowhere/secret           | '/nowhere/secret'     | a readable file
          HTTPS_PROXY                  | u:hidden-5f0c@proxy:1     | '***@proxy:1'         | http://
          MUSTER_DENY_ADDRESSES        | 10.0.0.0/8, example.org   | '10.0.0.0/8, example.org' | link-local, metadata
          MUSTER_CA                    | /nowhere/ca.pem           | '/nowhere/ca.pem'     | a certificate in PEM form
          """)
  void wrongValue_isToldWithKeyAndExpectation(
      String key, String value, String found, String expected) {
    assertThat(problems(Map.of(key, value)))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.file()).isEqualTo(ConfigurationProblem.ENVIRONMENT);
          assertThat(problem.key()).isEqualTo(key);
          assertThat(problem.found()).isEqualTo(found);
          assertThat(problem.expected()).contains(expected);
          assertThat(problem.toString()).doesNotContain("hidden-5f0c");
        });
  }

  @Test
  void secretGivenTwice_isTold() {
    assertThat(
            problems(
                Map.of(
                    "QUESTDB_USER", "u", "QUESTDB_PASSWORD", "x", "QUESTDB_PASSWORD_FILE", "/y")))
        .singleElement()
        .extracting(ConfigurationProblem::expected)
        .isEqualTo("only one of QUESTDB_PASSWORD and QUESTDB_PASSWORD_FILE");
  }

  @Test
  void passwordWithoutUser_isTold() {
    assertThat(problems(Map.of("QUESTDB_PASSWORD", "hidden-5f0c")))
        .singleElement()
        .satisfies(problem -> {
          assertThat(problem.key()).isEqualTo("QUESTDB_USER");
          assertThat(problem.message()).doesNotContain("hidden");
        });
  }

  @Test
  void userWithoutPassword_isTold() {
    assertThat(problems(Map.of("QUESTDB_USER", "writer")))
        .singleElement()
        .extracting(ConfigurationProblem::key)
        .isEqualTo("QUESTDB_PASSWORD");
  }

  @Test
  void everythingWrong_isToldAtOnce() {
    assertThatThrownBy(() ->
            read(Map.of("MUSTER_SITE", "?", "MUSTER_SPOOL_BYTES", "?", "ENABLE_DEV_TOOLS", "?")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContainingAll("MUSTER_SITE", "MUSTER_SPOOL_BYTES", "ENABLE_DEV_TOOLS");
  }
}
