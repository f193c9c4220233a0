package io.muster.agent.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.muster.protocol.KubernetesServer.Access;
import io.muster.protocol.Secret;
import io.muster.protocol.TlsTrust;
import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a kubeconfig is taken, and what refuses it. */
final class KubeConfigTest {
  private static final String TOKEN = "token: secret-token";

  @Test
  void kubeConfig_givesTheAddressAndTheTokenOfItsCurrentContext() throws IOException {
    Login login = login(config(TOKEN, "server: https://k8s.example.org:6443"), null);

    assertThat(login.api()).isEqualTo(URI.create("https://k8s.example.org:6443"));
    assertThat(login.cluster()).isEqualTo("lab");
    assertThat(Objects.requireNonNull(login.authorization()).header())
        .isEqualTo("Bearer secret-token");
    assertThat(login.trust().verify()).isTrue();
    assertThat(login.toString()).doesNotContain("secret-token");
  }

  @Test
  void kubeConfig_thatDoesNotVerify_isTakenAtItsWord() throws IOException {
    Login login =
        login(config(TOKEN, "server: https://k8s:6443\n    insecure-skip-tls-verify: true"), "lab");

    assertThat(login.trust().verify()).isFalse();
  }

  @Test
  void impersonation_becomesHeaders() throws IOException {
    Login login =
        login(
            config(TOKEN + "\n    as: auditor\n    as-groups: [a, b]", "server: https://k"), null);

    assertThat(login.headers())
        .containsEntry("Impersonate-User", java.util.List.of("auditor"))
        .containsEntry("Impersonate-Group", java.util.List.of("a", "b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "exec:\n      command: aws\n      apiVersion: v1",
        "auth-provider:\n      name: gcp",
        "tokenFile: /etc/passwd",
        "client-certificate: /home/me/cert.pem"
      })
  void kubeConfig_thatRunsOrReadsSomething_isRefused(String user) {
    assertThatThrownBy(() -> login(config(user, "server: https://k"), null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("users[me].user.")
        .hasMessageContaining("kubectl config view --raw --flatten");
  }

  @Test
  void unknownContext_isNotReplacedByAnother() {
    assertThatThrownBy(() -> login(config(TOKEN, "server: https://k"), "production"))
        .hasMessage("the kubeconfig has no context 'production'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "just words", "[a, b]", "current-context: x", ": : :"})
  void garbage_isSaidToBeGarbage(String text) {
    assertThatThrownBy(() -> login(text, null))
        .isInstanceOf(IOException.class)
        .message()
        .startsWith("the kubeconfig ");
  }

  private static Login login(String text, @Nullable String context) throws IOException {
    return KubeConfig.login(
        new Access.KubeConfig(new Secret(text.isEmpty() ? "\n" : text), context),
        TlsTrust.system());
  }

  private static String config(String user, String cluster) {
    return """
    apiVersion: v1
    kind: Config
    current-context: lab
    contexts:
    - name: lab
      context: {cluster: here, user: me}
    clusters:
    - name: here
      cluster:
        %s
    users:
    - name: me
      user:
        %s
    """
        .formatted(cluster, user);
  }
}
