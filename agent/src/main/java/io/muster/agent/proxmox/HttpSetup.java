package io.muster.agent.proxmox;

import io.muster.agent.provider.GuardedNames;
import io.muster.agent.provider.Proxies;
import java.net.URI;
import java.time.Duration;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** The pool of connections to one cluster, their limits, and the way through proxies. */
final class HttpSetup {
  /** The server has three workers and runs one call in each: leave it one. */
  static final int MAX_IN_FLIGHT = 2;

  /** The server closes a connection that was idle for 5 s: be gone before it. */
  static final Duration IDLE_LIMIT = Duration.ofSeconds(4);

  /** A member that takes longer to accept a connection counts as away while others answer. */
  static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  /** Proxmox sends eight. */
  static final int MAX_HEADER_LINES = 64;

  /** Proxmox's own limit of a header section, here of one line. */
  static final int MAX_LINE_LENGTH = 8 << 10;

  private HttpSetup() {}

  static PoolingHttpClientConnectionManager connections(Tls tls) {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setTlsSocketStrategy(tls)
        .setDnsResolver(new GuardedNames())
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder()
                .http1Config(
                    Http1Config.custom()
                        .setMaxHeaderCount(MAX_HEADER_LINES)
                        .setMaxLineLength(MAX_LINE_LENGTH)
                        .build())
                .build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(Timeout.of(CONNECT_LIMIT))
                .setIdleTimeout(Timeout.of(IDLE_LIMIT))
                .build())
        .setMaxConnPerRoute(MAX_IN_FLIGHT)
        .setMaxConnTotal(Integer.MAX_VALUE)
        .build();
  }

  static CloseableHttpClient client(
      PoolingHttpClientConnectionManager connections, Proxies proxies) {
    BasicCredentialsProvider credentials = new BasicCredentialsProvider();
    for (URI proxy : proxies.all()) {
      String user = proxy.getUserInfo();
      if (user != null) {
        int colon = user.indexOf(':');
        credentials.setCredentials(
            new AuthScope(proxy.getHost(), proxy.getPort()),
            colon < 0
                ? new UsernamePasswordCredentials(user, new char[0])
                : new UsernamePasswordCredentials(
                    user.substring(0, colon), user.substring(colon + 1).toCharArray()));
      }
    }
    return HttpClientBuilder.create()
        .setConnectionManager(connections)
        .setRoutePlanner(
            new DefaultRoutePlanner(null) {
              @Override
              protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) {
                URI proxy = proxies.to(target.getHostName());
                return proxy == null
                    ? null
                    : new HttpHost(proxy.getScheme(), proxy.getHost(), proxy.getPort());
              }
            })
        .setDefaultCredentialsProvider(credentials)
        .setUserAgent("muster-agent")
        .disableAutomaticRetries()
        .disableRedirectHandling()
        .disableCookieManagement()
        .build();
  }
}
