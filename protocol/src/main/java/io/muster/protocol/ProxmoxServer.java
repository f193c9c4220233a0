package io.muster.protocol;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Proxmox VE cluster, or a node that stands alone.
 *
 * @param urls {@code https://host:port} of one or more members, tried in this order; never empty
 * @param nodeAddresses node name to {@code https://host:port}, where the cluster's own addresses
 *     can't be reached from here
 * @param token what polling uses
 * @param actionToken what actions use; null = this server is only watched
 */
public record ProxmoxServer(
    ServerEntry entry,
    List<URI> urls,
    Map<String, URI> nodeAddresses,
    ProxmoxToken token,
    @Nullable ProxmoxToken actionToken,
    TlsTrust tls)
    implements Server {
  public ProxmoxServer {
    Objects.requireNonNull(entry, "entry");
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(tls, "tls");
    urls = List.copyOf(urls);
    nodeAddresses = Map.copyOf(nodeAddresses);
    urls.forEach(url -> checkAddress("urls", url));
    nodeAddresses.values().forEach(url -> checkAddress("nodeAddresses", url));
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("a Proxmox server needs at least one URL");
    }
  }

  private static void checkAddress(String key, URI url) {
    Checks.address(key, url, Set.of("https"));
    if (url.getPort() < 0 || !url.getRawPath().isEmpty()) {
      throw new IllegalArgumentException(
          key + " must be https://host:port without a path, but one is '" + url + "'");
    }
  }

  @Override
  public ProviderKind kind() {
    return ProviderKind.PROXMOX;
  }
}
