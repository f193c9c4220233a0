package io.muster.protocol;

import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes cluster.
 *
 * @param namespace the only namespace to watch; null = all
 */
public record KubernetesServer(
    ServerEntry entry, Access access, @Nullable String namespace, TlsTrust tls) implements Server {
  public KubernetesServer {
    Objects.requireNonNull(access, "access");
  }

  @Override
  public ProviderKind kind() {
    return ProviderKind.KUBERNETES;
  }

  /** How the agent signs in. */
  public sealed interface Access {
    /** A kubeconfig's text; null context = its current one. */
    record KubeConfig(Secret text, @Nullable String context) implements Access {}

    /** The service account of the pod that the agent runs in. */
    record InCluster() implements Access {}

    /** A service-account token. */
    record Token(URI url, Secret token) implements Access {}
  }
}
