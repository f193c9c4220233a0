package io.muster.agent.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.muster.protocol.KubeConfigRules;
import io.muster.protocol.KubernetesServer.Access;
import io.muster.protocol.TlsTrust;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManager;
import org.jspecify.annotations.Nullable;

/** Reads a kubeconfig that holds everything itself. */
final class KubeConfig {
  /** One for all clusters: each would keep a heap of its own. It looks for no further types. */
  private static final KubernetesSerialization YAML =
      new KubernetesSerialization(new ObjectMapper(), false);

  private static final String MAKE_WHOLE =
      " (`kubectl config view --raw --flatten` prints one that holds everything itself; docs/kubernetes.md"
          + " makes an account with a token)";

  private KubeConfig() {}

  /**
   * @throws IOException with a sentence that says what is wrong with it, and holds nothing secret
   */
  static Login login(Access.KubeConfig access, TlsTrust trust) throws IOException {
    Config config = parse(access.text().reveal());
    String name = access.context() == null ? config.getCurrentContext() : access.context();
    if (name == null || name.isEmpty()) {
      throw new IOException("the kubeconfig has no current-context: set kubeConfigContext");
    }
    Context context =
        config.getContexts().stream()
            .filter(one -> name.equals(one.getName()))
            .map(NamedContext::getContext)
            .findFirst()
            .orElseThrow(() -> new IOException("the kubeconfig has no context '" + name + "'"));
    Cluster cluster =
        config.getClusters().stream()
            .filter(one -> one.getName().equals(context.getCluster()))
            .map(NamedCluster::getCluster)
            .findFirst()
            .orElseThrow(() ->
                new IOException("the kubeconfig has no cluster '" + context.getCluster() + "'"));
    AuthInfo user =
        config.getUsers().stream()
            .filter(one -> one.getName().equals(context.getUser()))
            .map(NamedAuthInfo::getUser)
            .findFirst()
            .orElseThrow(
                () -> new IOException("the kubeconfig has no user '" + context.getUser() + "'"));
    if (filled(cluster.getTlsServerName())) {
      throw new IOException(
          "the kubeconfig's tls-server-name is not supported: use that name as server");
    }
    return new Login(
        api(cluster),
        name,
        authorization(user),
        impersonation(user),
        keys(user),
        trust(cluster, trust),
        filled(cluster.getProxyUrl()) ? URI.create(cluster.getProxyUrl()) : null);
  }

  private static Config parse(String text) throws IOException {
    Map<?, ?> raw;
    try {
      raw = YAML.unmarshal(text, Map.class);
    } catch (RuntimeException e) {
      throw new IOException("the kubeconfig is not YAML"); // what was read of it stays here
    }
    if (raw == null) {
      throw new IOException("the kubeconfig is empty");
    }
    List<String> forbidden = KubeConfigRules.forbidden(raw);
    if (!forbidden.isEmpty()) {
      throw new IOException(
          "the kubeconfig must hold everything itself, and run nothing: take out "
              + String.join(", ", forbidden)
              + MAKE_WHOLE);
    }
    try {
      return YAML.convertValue(raw, Config.class);
    } catch (IllegalArgumentException e) {
      throw new IOException("the kubeconfig is not one"); // what was read of it stays here
    }
  }

  private static URI api(Cluster cluster) throws IOException {
    try {
      URI api = URI.create(String.valueOf(cluster.getServer()));
      if (api.getHost() != null) {
        return api;
      }
    } catch (IllegalArgumentException e) {
      // said below, for this and for what is no address of a host
    }
    throw new IOException("the kubeconfig's server is no address: " + cluster.getServer());
  }

  private static Login.@Nullable Authorization authorization(AuthInfo user) {
    if (filled(user.getToken())) {
      String header = "Bearer " + user.getToken();
      return () -> header;
    }
    if (filled(user.getUsername())) {
      String header =
          "Basic "
              + Base64.getEncoder()
                  .encodeToString(
                      (user.getUsername() + ":" + user.getPassword())
                          .getBytes(StandardCharsets.UTF_8));
      return () -> header;
    }
    return null;
  }

  private static Map<String, List<String>> impersonation(AuthInfo user) {
    Map<String, List<String>> headers = new HashMap<>();
    if (filled(user.getAs())) {
      headers.put("Impersonate-User", List.of(user.getAs()));
    }
    if (filled(user.getAsUid())) {
      headers.put("Impersonate-Uid", List.of(user.getAsUid()));
    }
    if (user.getAsGroups() != null && !user.getAsGroups().isEmpty()) {
      headers.put("Impersonate-Group", user.getAsGroups());
    }
    if (user.getAsUserExtra() != null) {
      user.getAsUserExtra()
          .forEach((key, values) -> headers.put("Impersonate-Extra-" + key, values));
    }
    return headers;
  }

  private static List<KeyManager> keys(AuthInfo user) throws IOException {
    if (!filled(user.getClientCertificateData()) || !filled(user.getClientKeyData())) {
      return List.of();
    }
    try {
      KeyManager[] keys =
          SSLUtils.keyManagers(
              user.getClientCertificateData(),
              null,
              user.getClientKeyData(),
              null,
              algorithm(user.getClientKeyData()),
              "in memory only",
              null,
              null);
      return keys == null ? List.of() : Arrays.asList(keys);
    } catch (GeneralSecurityException | KubernetesClientException | IllegalArgumentException e) {
      throw new IOException("the kubeconfig's client certificate can't be used", e);
    }
  }

  private static String algorithm(String key) {
    String pem = new String(Base64.getMimeDecoder().decode(key), StandardCharsets.US_ASCII);
    return pem.contains("BEGIN EC PRIVATE KEY") ? "EC" : "RSA";
  }

  /** What the entry says wins over what the kubeconfig says. */
  private static TlsTrust trust(Cluster cluster, TlsTrust entry) {
    boolean verify = entry.verify() && !Boolean.TRUE.equals(cluster.getInsecureSkipTlsVerify());
    String authority = entry.caCertificate();
    if (authority == null && filled(cluster.getCertificateAuthorityData())) {
      authority =
          new String(
              Base64.getMimeDecoder().decode(cluster.getCertificateAuthorityData()),
              StandardCharsets.US_ASCII);
    }
    return new TlsTrust(verify, entry.fingerprints(), authority);
  }

  private static boolean filled(@Nullable String text) {
    return text != null && !text.isEmpty();
  }
}
