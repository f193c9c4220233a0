package io.muster.protocol.inventory;

import io.muster.protocol.KubernetesServer;
import io.muster.protocol.KubernetesServer.Access;
import io.muster.protocol.Secret;
import io.muster.protocol.Server;
import io.muster.protocol.ServerEntry;
import io.muster.protocol.TlsTrust;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an entry of a Kubernetes cluster. */
final class KubernetesKeys {
  private static final String WAYS = "exactly one of kubeConfigPath, kubeConfig, inCluster and url";

  private KubernetesKeys() {}

  /** Null = something is wrong with it, and told. */
  static @Nullable Server read(Entry entry, String site) {
    ServerEntry common = CommonKeys.entry(entry, site);
    String namespace = entry.text("namespace");
    if (namespace != null && !KubernetesServer.NAMESPACE.matcher(namespace).matches()) {
      entry.problem("namespace", "lower-case letters, digits and hyphens, at most 63");
    }
    boolean kubelet = Boolean.TRUE.equals(entry.flag("kubelet"));
    Access access = access(entry);
    TlsTrust tls = CommonKeys.tls(entry);
    if (common == null || access == null || tls == null || !entry.isSound()) {
      return null;
    }
    return new KubernetesServer(common, access, namespace, tls, kubelet);
  }

  private static @Nullable Access access(Entry entry) {
    List<String> ways =
        new ArrayList<>(entry.present(List.of("kubeConfigPath", "kubeConfig", "inCluster", "url")));
    if (Boolean.FALSE.equals(entry.flag("inCluster"))) {
      ways.remove("inCluster");
    }
    if (ways.size() != 1) {
      entry.problem(ways.isEmpty() ? "kubeConfigPath" : ways.getLast(), WAYS);
      return null;
    }
    String way = ways.getFirst();
    if (!way.startsWith("kubeConfig") && entry.has("kubeConfigContext")) {
      entry.problem("kubeConfigContext", "no context without kubeConfigPath or kubeConfig");
    }
    if (!way.equals("url") && entry.has("token")) {
      entry.problem("token", "no token without url");
    }
    return switch (way) {
      case "kubeConfigPath" -> {
        String path = entry.required(way, "the path of a kubeconfig");
        yield kubeConfig(entry, path == null ? null : entry.file(way, path));
      }
      case "kubeConfig" -> kubeConfig(entry, entry.required(way, "the text of a kubeconfig"));
      case "url" -> token(entry);
      default -> new Access.InCluster();
    };
  }

  private static @Nullable Access kubeConfig(Entry entry, @Nullable String text) {
    return text == null
        ? null
        : new Access.KubeConfig(new Secret(text), entry.text("kubeConfigContext"));
  }

  private static @Nullable Access token(Entry entry) {
    String address = entry.required("url", "the address of the API server");
    URI url =
        address == null
            ? null
            : entry.make("url", address, "an address such as https://host:6443", Addresses::http);
    String token = entry.required("token", "the token of a service account, for url");
    return url == null || token == null ? null : new Access.Token(url, new Secret(token));
  }
}
