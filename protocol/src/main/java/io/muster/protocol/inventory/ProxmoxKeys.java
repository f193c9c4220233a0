package io.muster.protocol.inventory;

import io.muster.protocol.ProxmoxServer;
import io.muster.protocol.ProxmoxToken;
import io.muster.protocol.Secret;
import io.muster.protocol.Server;
import io.muster.protocol.ServerEntry;
import io.muster.protocol.TlsTrust;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an entry of a Proxmox VE server. */
final class ProxmoxKeys {
  private static final String ADDRESS = "https://host:port (8006 unless given), without a path";
  private static final String TOKEN_ID =
      "user@realm!tokenid, such as muster@pve!monitor; what follows a = there is the tokenSecret";

  private ProxmoxKeys() {}

  /** Null = something is wrong with it, and told. */
  static @Nullable Server read(Entry entry, String site) {
    ServerEntry common = CommonKeys.entry(entry, site);
    List<URI> urls = urls(entry);
    Map<String, URI> nodes = nodeAddresses(entry);
    ProxmoxToken token = token(entry, "tokenId", "tokenSecret");
    ProxmoxToken actionToken =
        entry.present(List.of("actionTokenId", "actionTokenSecret")).isEmpty()
            ? null
            : token(entry, "actionTokenId", "actionTokenSecret");
    TlsTrust tls = CommonKeys.tls(entry, CommonKeys.fingerprints(entry));
    if (common == null || token == null || tls == null || !entry.isSound()) {
      return null;
    }
    return new ProxmoxServer(common, urls, nodes, token, actionToken, tls);
  }

  private static List<URI> urls(Entry entry) {
    List<String> given = entry.present(List.of("urls", "url", "host"));
    if (given.size() != 1) {
      if (given.isEmpty()) {
        entry.problem("urls", "urls, url or host: where the server is");
      } else {
        entry.problem(
            given.getLast(), "only one of urls, url and host; several members go into urls");
      }
      return List.of();
    }
    Integer port = entry.integer("port");
    if (port != null && !entry.has("host")) {
      entry.problem("port", "no port, or host in place of " + given.getFirst());
    }
    // One that can't be is told by itself, and says nothing against the host.
    int portOr8006 = port != null && Addresses.isPort(port) ? port : Addresses.PROXMOX_PORT;
    List<URI> urls = new ArrayList<>();
    for (Map.Entry<String, String> text : texts(entry, given.getFirst()).entrySet()) {
      if (port != null && Addresses.hasPort(text.getValue())) {
        entry.problem("port", "no port: host has one already");
      }
      URI url =
          entry.make(
              text.getKey(),
              text.getValue(),
              ADDRESS,
              address -> Addresses.proxmox(address, portOr8006));
      if (url != null) {
        urls.add(url);
      }
    }
    return urls;
  }

  private static Map<String, String> texts(Entry entry, String key) {
    if (key.equals("urls")) {
      return entry.list(key);
    }
    String text = entry.text(key);
    return text == null ? Map.of() : Map.of(key, text);
  }

  private static Map<String, URI> nodeAddresses(Entry entry) {
    Map<String, URI> nodes = new LinkedHashMap<>();
    for (Map.Entry<String, String> node : entry.map("nodeAddresses").entrySet()) {
      URI url =
          entry.make(
              "nodeAddresses." + node.getKey(),
              node.getValue(),
              ADDRESS,
              address -> Addresses.proxmox(address, Addresses.PROXMOX_PORT));
      if (url != null) {
        nodes.put(node.getKey(), url);
      }
    }
    return nodes;
  }

  private static @Nullable ProxmoxToken token(Entry entry, String idKey, String secretKey) {
    String id = entry.required(idKey, TOKEN_ID);
    String secret =
        entry.required(secretKey, "the secret that Proxmox VE showed when the token was made");
    if (id != null && !ProxmoxToken.ID.matcher(id).matches()) {
      entry.problem(idKey, TOKEN_ID);
      return null;
    }
    return id == null || secret == null ? null : new ProxmoxToken(id, new Secret(secret));
  }
}
