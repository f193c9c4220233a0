package io.muster.simulator.proxmox;

import io.muster.simulator.tls.ClusterAuthority;
import io.muster.simulator.tls.KeyFolder;
import io.muster.simulator.tls.Naming;
import io.muster.simulator.tls.NodeCertificate;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The authority and what it gave the nodes. Safe for use by several threads. */
final class Certificates {
  private static final Logger LOG = LoggerFactory.getLogger(Certificates.class);

  /** Who waits for longer wants to know for what. */
  private static final Duration WORTH_TELLING = Duration.ofSeconds(1);

  private final ClusterAuthority authority;
  private final @Nullable KeyFolder folder;
  private final InstantSource clock;
  private final Map<String, String> addresses;
  private final Map<String, NodeCertificate> stated = new ConcurrentHashMap<>();
  private final Map<String, SslContext> presented = new ConcurrentHashMap<>();

  private Certificates(
      ClusterAuthority authority,
      @Nullable KeyFolder folder,
      InstantSource clock,
      Map<String, String> addresses) {
    this.authority = authority;
    this.folder = folder;
    this.clock = clock;
    this.addresses = Map.copyOf(addresses);
  }

  /** Makes them, or takes them from the data folder; those of many nodes on all processors. */
  static Certificates make(ProxmoxSettings settings, Map<String, String> addresses)
      throws IOException {
    Path data = settings.dataFolder();
    KeyFolder folder =
        data == null ? null : new KeyFolder(data.resolve("tls"), Naming.PROXMOX, settings.keys());
    InstantSource clock = settings.clock();
    ClusterAuthority authority =
        folder == null
            ? ClusterAuthority.create(Naming.PROXMOX, settings.keys(), clock.instant())
            : folder.authority(clock.instant());
    Certificates made = new Certificates(authority, folder, clock, addresses);
    Instant begun = Instant.now();
    try {
      addresses.keySet().parallelStream().forEach(made::takeKept);
    } catch (UncheckedIOException e) {
      throw new IOException("Cannot make the nodes' certificates", e);
    }
    Duration took = Duration.between(begun, Instant.now());
    if (took.compareTo(WORTH_TELLING) > 0) {
      LOG.info("{} certificates took {} ms", addresses.size(), took.toMillis());
    }
    return made;
  }

  private void takeKept(String node) {
    try {
      show(
          node,
          folder == null
              ? authority.issue(node, names(node), clock.instant())
              : folder.node(authority, node, names(node), clock.instant()),
          true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Lets a node present a new certificate to whoever connects from now on.
   *
   * @param state whether the cluster knows it
   */
  void renew(String node, boolean state) {
    NodeCertificate fresh = authority.issue(node, names(node), clock.instant());
    try {
      if (folder != null) {
        folder.keep(node, fresh);
      }
      show(node, fresh, state);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot renew the certificate of " + node, e);
    }
  }

  private void show(String node, NodeCertificate certificate, boolean state) throws IOException {
    presented.put(
        node,
        SslContextBuilder.forServer(certificate.keyManager())
            .sslProvider(SslProvider.JDK)
            .protocols("TLSv1.3", "TLSv1.2")
            .build());
    if (state) {
      stated.put(node, certificate);
    }
  }

  private List<String> names(String node) {
    return List.of(addresses.getOrDefault(node, ""));
  }

  ClusterAuthority authority() {
    return authority;
  }

  /** What the node's listener uses for a new connection. */
  SslContext presented(String node) {
    SslContext context = presented.get(node);
    if (context == null) {
      throw new IllegalStateException("No certificate for " + node);
    }
    return context;
  }

  /** What the cluster says that the node has, or null for a node that is no member. */
  @Nullable NodeCertificate stated(String node) {
    return stated.get(node);
  }

  /** As {@code GET /nodes} shows it. */
  String fingerprint(String node) {
    NodeCertificate certificate = stated.get(node);
    return certificate == null ? "" : certificate.fingerprint();
  }
}
