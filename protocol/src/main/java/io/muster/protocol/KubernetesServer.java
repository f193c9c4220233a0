package io.muster.protocol;

import java.net.URI;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes cluster.
 *
 * @param namespace the only namespace to watch; null = all
 * @param kubelet whether the nodes' kubelets are asked too, directly: for disk, network and
 *     pressure
 */
public record KubernetesServer(
    ServerEntry entry, Access access, @Nullable String namespace, TlsTrust tls, boolean kubelet)
    implements Server {
  /** RFC 1123 label, as the API server demands it. */
  public static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  public KubernetesServer {
    Objects.requireNonNull(entry, "entry");
    Objects.requireNonNull(access, "access");
    Objects.requireNonNull(tls, "tls");
    if (namespace != null && !NAMESPACE.matcher(namespace).matches()) {
      throw new IllegalArgumentException(
          "namespace must match " + NAMESPACE.pattern() + ", but is '" + namespace + "'");
    }
  }

  @Override
  public ProviderKind kind() {
    return ProviderKind.KUBERNETES;
  }

  /** How the agent signs in. */
  public sealed interface Access {
    /** A kubeconfig's text; null context = its current one. */
    record KubeConfig(Secret text, @Nullable String context) implements Access {
      public KubeConfig {
        Objects.requireNonNull(text, "text");
      }
    }

    /** The service account of the pod that the agent runs in. */
    record InCluster() implements Access {}

    /** A service-account token. */
    record Token(URI url, Secret token) implements Access {
      public Token {
        Objects.requireNonNull(token, "token");
        Checks.address("url", url, new TreeSet<>(Set.of("http", "https")));
      }
    }
  }
}
