package io.muster.agent.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.protocol.Fingerprint;
import io.muster.protocol.configuration.ConfigurationException;
import io.muster.settings.Variables;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LinkSettingsTest {
  private static final String TOKEN = "msa_hidden-5f0c";

  @Test
  void linkAlone_namesWhereRowsGo() {
    AgentSettings settings = read(Map.of("MUSTER_URL", "https://centre.example.org/control/"));
    LinkSettings link = Objects.requireNonNull(settings.link());

    assertThat(link.url()).isEqualTo(URI.create("https://centre.example.org/control"));
    assertThat(settings.questDb().address().url())
        .isEqualTo(URI.create("https://centre.example.org"));
    assertThat(settings.questDb().token()).isEqualTo(link.token());
    assertThat(settings.toString()).doesNotContain(TOKEN);
  }

  @Test
  void ownQuestDb_winsOverTheControlApisAddress() {
    AgentSettings settings =
        read(Map.of("MUSTER_URL", "https://centre", "QUESTDB_URL", "http://quest:9000"));

    assertThat(settings.questDb().address().url()).isEqualTo(URI.create("http://quest:9000"));
    assertThat(settings.questDb().token()).isNull();
  }

  @Test
  void pin_isTakenInPlaceOfAnAuthority() {
    String pin = "AB:".repeat(31) + "AB";
    LinkSettings link =
        Objects.requireNonNull(
            read(Map.of("MUSTER_URL", "https://centre", "MUSTER_CA", pin)).link());

    assertThat(link.trust().fingerprints()).containsExactly(new Fingerprint(pin));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:8080", "http://localhost:8080", "http://[::1]:8080"})
  void clearText_isAllowedToThisMachine(String url) {
    assertThat(read(Map.of("MUSTER_URL", url)).link()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://10.0.0.1:8080",
        "http://centre:8080",
        "http://localhost.example.org",
        "http://127.0.0.1.example.org"
      })
  void clearTextToAnotherMachine_isRefusedUnlessItIsSaidInWords(String url) {
    assertThatThrownBy(() -> read(Map.of("MUSTER_URL", url)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("https")
        .hasMessageContaining("MUSTER_ALLOW_UNENCRYPTED_LINK")
        .hasMessageNotContaining(TOKEN);
    assertThat(read(Map.of("MUSTER_URL", url, "MUSTER_ALLOW_UNENCRYPTED_LINK", "true")).link())
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"wss://centre", "https://u:hidden-5f0c@centre", "https://centre/?x=1"})
  void otherAddress_isRefused(String url) {
    assertThatThrownBy(() -> read(Map.of("MUSTER_URL", url)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("MUSTER_URL")
        .hasMessageNotContaining("hidden-5f0c");
  }

  @Test
  void otherToken_isRefusedAndNotShown() {
    assertThatThrownBy(
            () -> read(Map.of("MUSTER_URL", "https://c", "MUSTER_AGENT_TOKEN", "mst_hidden-5f0c")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("msa_")
        .hasMessageNotContaining("hidden-5f0c");
    assertThatThrownBy(() -> AgentSettings.read(Variables.of(Map.of("MUSTER_URL", "https://c"))))
        .hasMessageContaining("MUSTER_AGENT_TOKEN");
  }

  @Test
  void tokenWithoutAnAddress_isTold() {
    assertThatThrownBy(() -> read(Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("MUSTER_URL")
        .hasMessageNotContaining(TOKEN);
  }

  private static AgentSettings read(Map<String, String> variables) {
    Map<String, String> all = new HashMap<>(variables);
    all.putIfAbsent("MUSTER_AGENT_TOKEN", TOKEN);
    return AgentSettings.read(Variables.of(all));
  }
}
