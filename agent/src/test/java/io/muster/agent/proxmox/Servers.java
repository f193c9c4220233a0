package io.muster.agent.proxmox;

import io.muster.protocol.Fingerprint;
import io.muster.protocol.ProxmoxServer;
import io.muster.protocol.ProxmoxToken;
import io.muster.protocol.Secret;
import io.muster.protocol.ServerEntry;
import io.muster.protocol.ServerId;
import io.muster.protocol.TlsTrust;
import io.muster.simulator.proxmox.SimulatedProxmox;
import io.muster.simulator.proxmox.access.ApiToken;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Servers for tests. */
final class Servers {
  static final String SECRET = "11111111-2222-3333-4444-555555555555";

  private Servers() {}

  static ProxmoxServer server(List<URI> urls, ProxmoxToken token, TlsTrust tls) {
    return new ProxmoxServer(entry(), urls, Map.of(), token, null, tls);
  }

  static ServerEntry entry() {
    return new ServerEntry(
        new ServerId(new UUID(1, 2)), "site-a", true, null, "direct", List.of(), null);
  }

  static ProxmoxToken token() {
    return new ProxmoxToken("muster@pve!agent", new Secret(SECRET));
  }

  static ProxmoxToken token(ApiToken token) {
    return new ProxmoxToken(token.id(), new Secret(token.secret()));
  }

  static TlsTrust unverified() {
    return new TlsTrust(false, List.of(), null);
  }

  static TlsTrust pinned(Fingerprint... pins) {
    return new TlsTrust(true, List.of(pins), null);
  }

  static TlsTrust authority(String pem) {
    return new TlsTrust(true, List.of(), pem);
  }

  static ProxmoxProvider provider(ProxmoxServer server) {
    return new ProxmoxProvider(server, Map.of(), InstantSource.system());
  }

  /** Reads the cluster through its first member, trusting its authority. */
  static ProxmoxProvider reader(SimulatedProxmox cluster) {
    return provider(
        server(
            List.of(cluster.url(cluster.nodes().getFirst())),
            token(cluster.readerToken()),
            authority(cluster.authorityPem())));
  }
}
