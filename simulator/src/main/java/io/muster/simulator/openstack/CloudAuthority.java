package io.muster.simulator.openstack;

import io.muster.simulator.tls.ClusterAuthority;
import io.muster.simulator.tls.KeyFolder;
import io.muster.simulator.tls.KeyKind;
import io.muster.simulator.tls.Naming;
import io.muster.simulator.tls.NodeCertificate;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The cloud's own authority, and what its address shows.
 *
 * @param pem the authority's certificate
 */
record CloudAuthority(String pem, SslContext api) {
  private static final String API = "api";

  /**
   * The kept authority, or a new one.
   *
   * @param dataFolder null keeps nothing
   */
  static CloudAuthority of(@Nullable Path dataFolder, Instant now) throws IOException {
    ClusterAuthority authority;
    NodeCertificate certificate;
    if (dataFolder == null) {
      authority = ClusterAuthority.create(Naming.OPENSTACK, KeyKind.EC_P256, now);
      certificate = authority.issue(API, List.of(), now);
    } else {
      KeyFolder folder =
          new KeyFolder(dataFolder.resolve("tls"), Naming.OPENSTACK, KeyKind.EC_P256);
      authority = folder.authority(now);
      certificate = folder.node(authority, API, List.of(), now);
    }
    return new CloudAuthority(
        authority.pem(),
        SslContextBuilder.forServer(certificate.keyManager())
            .sslProvider(SslProvider.JDK)
            .protocols("TLSv1.3", "TLSv1.2")
            .build());
  }
}
