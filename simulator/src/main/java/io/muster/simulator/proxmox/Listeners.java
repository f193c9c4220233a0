package io.muster.simulator.proxmox;

import io.muster.simulator.proxmox.http.NodeListener;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The addresses of a cluster's nodes, each open while its node is up. */
final class Listeners implements AutoCloseable {
  private final Map<String, NodeListener> byNode;

  Listeners(Map<String, NodeListener> byNode) {
    this.byNode = new LinkedHashMap<>(byNode);
  }

  /** Opens and closes what must be. */
  synchronized void follow(Set<String> up) throws IOException {
    for (Map.Entry<String, NodeListener> entry : byNode.entrySet()) {
      NodeListener listener = entry.getValue();
      boolean isUp = up.contains(entry.getKey());
      if (isUp && !listener.isOpen()) {
        listener.open();
      } else if (!isUp && listener.isOpen()) {
        listener.close();
      }
    }
  }

  /** Where a node listens, such as {@code https://127.0.10.1:18006}. */
  URI url(String node) {
    return ownUrl(node)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "'" + node + "' has no address of its own here: only " + byNode.keySet()));
  }

  /** The same, empty for a node that shares the first one's address. */
  Optional<URI> ownUrl(String node) {
    NodeListener listener = byNode.get(node);
    return listener == null ? Optional.empty() : Optional.of(listener.url());
  }

  /** The address of every node that has one, in the order of the members. */
  List<URI> urls() {
    return byNode.values().stream().map(NodeListener::url).toList();
  }

  /** How many clients are connected to a node's own address. */
  int connections(String node) {
    NodeListener listener = byNode.get(node);
    return listener == null ? 0 : listener.connections();
  }

  /** TLS handshakes of all nodes so far. */
  long handshakes() {
    return byNode.values().stream().mapToLong(NodeListener::handshakes).sum();
  }

  @Override
  public synchronized void close() {
    byNode.values().forEach(NodeListener::close);
  }
}
