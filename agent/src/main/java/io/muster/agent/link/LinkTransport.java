package io.muster.agent.link;

import io.muster.agent.metrics.TrustStoreFile;
import io.muster.agent.provider.PeerTrust;
import io.muster.agent.provider.Proxies;
import io.muster.protocol.Secret;
import io.muster.protocol.TlsTrust;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to the control API: TLS with its trust, the proxy, the token. */
public final class LinkTransport implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LinkTransport.class);
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);

  private final URI api;
  private final Secret token;
  private final PeerTrust trust;
  private final @Nullable TrustStoreFile rowTrust;
  private final HttpClient http;
  private @Nullable X509Certificate kept;

  /**
   * @param rowTrust takes the pinned certificate once it was seen, for the rows; null = they don't
   *     need it
   * @throws IOException when the authority's certificate can't be used
   */
  public LinkTransport(
      URI api, Secret token, TlsTrust trust, Proxies proxies, @Nullable TrustStoreFile rowTrust)
      throws IOException {
    this.api = api;
    this.token = token;
    this.trust =
        new PeerTrust(trust, "set MUSTER_CA to the control API's authority or fingerprint");
    this.rowTrust = rowTrust;
    this.http = client(this.trust, proxies.to(api.getHost()));
  }

  URI api() {
    return api;
  }

  /** Blocks until the upgrade was answered. */
  LinkSocket open() throws LinkException {
    LinkSocket socket = LinkSocket.open(http, api, token);
    keepCertificate();
    return socket;
  }

  private void keepCertificate() {
    X509Certificate leaf = trust.leaf();
    TrustStoreFile store = rowTrust;
    if (store == null || leaf == null || leaf.equals(kept)) {
      return;
    }
    try {
      store.write(List.of(leaf));
      kept = leaf;
    } catch (IOException e) {
      LOG.warn("Cannot keep the control API's certificate for the rows: {}", e.getMessage());
    }
  }

  private static HttpClient client(PeerTrust trust, @Nullable URI proxy) throws IOException {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .connectTimeout(CONNECT_LIMIT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .sslContext(context(trust))
            .proxy(
                proxy == null
                    ? HttpClient.Builder.NO_PROXY
                    : ProxySelector.of(new InetSocketAddress(proxy.getHost(), proxy.getPort())));
    if (proxy != null && proxy.getUserInfo() != null) {
      builder.authenticator(login(proxy.getUserInfo()));
    }
    return builder.build();
  }

  private static SSLContext context(PeerTrust trust) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("this Java has no TLS: " + e.getMessage(), e);
    }
  }

  private static Authenticator login(String userInfo) {
    int colon = userInfo.indexOf(':');
    String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
    String password = colon < 0 ? "" : userInfo.substring(colon + 1);
    return new Authenticator() {
      @Override
      protected @Nullable PasswordAuthentication getPasswordAuthentication() {
        return getRequestorType() == RequestorType.PROXY
            ? new PasswordAuthentication(user, password.toCharArray())
            : null;
      }
    };
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
