package io.muster.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KubeConfigRulesTest {
  private static Map<String, Object> config(Map<String, ?> user, Map<String, ?> cluster) {
    return Map.of(
        "users", List.of(Map.of("name", "u", "user", user)),
        "clusters", List.of(Map.of("name", "c", "cluster", cluster)));
  }

  @Test
  void dataInTheText_isAllowed() {
    assertThat(
            KubeConfigRules.forbidden(
                config(
                    Map.of("token", "t", "client-certificate-data", "x", "client-key-data", "y"),
                    Map.of("server", "https://k", "certificate-authority-data", "z"))))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"exec", "auth-provider", "tokenFile", "client-certificate", "client-key", "new"})
  void programsFilesAndUnknownKeysOfUsers_areForbidden(String key) {
    assertThat(KubeConfigRules.forbidden(config(Map.of(key, "hidden-5f0c"), Map.of())))
        .containsExactly("users[u].user." + key);
  }

  @Test
  void filesOfClusters_areForbidden() {
    assertThat(KubeConfigRules.forbidden(config(Map.of(), Map.of("certificate-authority", "/ca"))))
        .containsExactly("clusters[c].cluster.certificate-authority");
  }

  @ParameterizedTest
  @ValueSource(strings = {"users", "clusters"})
  void otherShapes_areForbidden(String key) {
    assertThat(KubeConfigRules.forbidden(Map.of(key, "text"))).containsExactly(key);
    assertThat(KubeConfigRules.forbidden(Map.of(key, List.of("text")))).containsExactly(key);
  }
}
