package io.muster.agent.proxmox;

import io.muster.agent.provider.Names;
import io.muster.protocol.ProxmoxServer;
import java.util.LinkedHashMap;
import java.util.Map;

/** A server's entry in the inventory as it may leave the site. */
final class Setup {
  private Setup() {}

  /** {@code urls}, {@code nodeAddresses} and {@code tokenId}, as the inventory has them. */
  static Map<String, Object> of(ProxmoxServer server, Names names) {
    Map<String, Object> setup = new LinkedHashMap<>();
    setup.put(
        "urls",
        server.urls().stream()
            .map(url -> ProxmoxReference.endpoint(url, names).toString())
            .toList());
    Map<String, String> addresses = new LinkedHashMap<>();
    server.nodeAddresses().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(entry ->
            addresses.put(
                names.of(Names.Kind.NODE, entry.getKey()),
                ProxmoxReference.endpoint(entry.getValue(), names).toString()));
    setup.put("nodeAddresses", addresses);
    setup.put("tokenId", TextKind.USER.scrub(server.token().id(), names));
    return setup;
  }
}
