package io.muster.agent.openstack;

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

/** The pool of connections to one cloud, their limits, and the way through proxies. */
final class HttpSetup {
  /** An endpoint has a handful of workers for everybody. */
  static final int MAX_IN_FLIGHT = 8;

  /** Apache and HAProxy close idle connections after 5 s and more: be gone before them. */
  static final Duration IDLE_LIMIT = Duration.ofSeconds(4);

  /** An endpoint that takes longer to accept a connection counts as away. */
  static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  /** Services and the proxies before them send twenty. */
  static final int MAX_HEADER_LINES = 100;

  /** A token of the old PKI kind had 8 KB; Fernet's have 300 bytes. */
  static final int MAX_LINE_LENGTH = 16 << 10;

  private HttpSetup() {}

  static PoolingHttpClientConnectionManager connections(CloudTls tls) {
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setTlsSocketStrategy(tls)
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
