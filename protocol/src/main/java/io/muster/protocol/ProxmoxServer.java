package io.muster.protocol;

import java.net.URI;
import java.util.List;
import java.util.Map;
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
    urls = List.copyOf(urls);
    nodeAddresses = Map.copyOf(nodeAddresses);
    if (urls.isEmpty()) {
      throw new IllegalArgumentException("a Proxmox server needs at least one URL");
    }
  }

  @Override
  public ProviderKind kind() {
    return ProviderKind.PROXMOX;
  }
}
