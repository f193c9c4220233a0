package io.muster.simulator.kubernetes;

import io.muster.simulator.tls.ClusterAuthority;
import io.muster.simulator.tls.KeyFolder;
import io.muster.simulator.tls.KeyKind;
import io.muster.simulator.tls.Naming;
import io.muster.simulator.tls.NodeCertificate;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The cluster's own authority, and what the API server and kubelets show. */
final class Authority {
  private static final String API_SERVER = "kube-apiserver";
  private static final List<String> API_SERVER_NAMES =
      List.of("kubernetes", "kubernetes.default", "kubernetes.default.svc");

  private final ClusterAuthority authority;
  private final @Nullable KeyFolder folder;
  private final InstantSource clock;
  private volatile boolean pretending;
  private final Map<String, SslContext> contexts = new ConcurrentHashMap<>();

  Authority(@Nullable Path dataFolder, InstantSource clock) throws IOException {
    this.clock = clock;
    this.folder =
        dataFolder == null
            ? null
            : new KeyFolder(dataFolder.resolve("tls"), Naming.KUBERNETES, KeyKind.EC_P256);
    this.authority =
        folder == null
            ? ClusterAuthority.create(Naming.KUBERNETES, KeyKind.EC_P256, clock.instant())
            : folder.authority(clock.instant());
  }

  String pem() {
    return authority.pem();
  }

  /** Lets the API server show a certificate of an authority that nobody knows, or its own. */
  void pretend(boolean wrong) {
    pretending = wrong;
  }

  SslContext apiServer() {
    return pretending ? contexts.computeIfAbsent("", _ -> foreign()) : own();
  }

  private SslContext own() {
    return context(API_SERVER, API_SERVER_NAMES);
  }

  private SslContext foreign() {
    try {
      return context(
          ClusterAuthority.create(Naming.KUBERNETES, KeyKind.EC_P256, clock.instant())
              .issue(API_SERVER, API_SERVER_NAMES, clock.instant()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make a certificate of another authority", e);
    }
  }

  SslContext kubelet(String node, String address) {
    return context(node, List.of(address));
  }

  private SslContext context(String name, List<String> names) {
    return contexts.computeIfAbsent(name, _ -> make(name, names));
  }

  private SslContext make(String name, List<String> names) {
    try {
      return context(
          folder == null
              ? authority.issue(name, names, clock.instant())
              : folder.node(authority, name, names, clock.instant()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot make the certificate of " + name, e);
    }
  }

  private static SslContext context(NodeCertificate certificate) throws IOException {
    return SslContextBuilder.forServer(certificate.keyManager())
        .sslProvider(SslProvider.JDK)
        .protocols("TLSv1.3", "TLSv1.2")
        .build();
  }
}
