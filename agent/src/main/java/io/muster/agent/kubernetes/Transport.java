package io.muster.agent.kubernetes;

import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.muster.agent.provider.PeerTrust;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** The HTTP clients of clusters. */
final class Transport {
  /** A server that takes longer to accept a connection counts as away. */
  static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  /** Shared by all clusters: threads cost nothing while they wait. */
  static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

  /** The poll's deadline and the breaker decide what is tried again, nobody below them. */
  private static final RequestConfig NO_RETRIES =
      new RequestConfigBuilder().withRequestRetryBackoffLimit(0).build();

  private Transport() {}

  /**
   * HTTP/1.1, so that each watch has a connection of its own: one that was cut without a word then
   * takes nothing else with it.
   *
   * @param proxy null = none
   */
  static HttpClient open(Login login, PeerTrust trust, @Nullable URI proxy) {
    HttpClient.Builder builder = new Factory().newBuilder();
    builder.tag(NO_RETRIES);
    builder
        .preferHttp11()
        .connectTimeout(CONNECT_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
        .sslContext(
            login.keys().isEmpty() ? null : login.keys().toArray(KeyManager[]::new),
            new TrustManager[] {trust});
    if (proxy == null) {
      builder.proxyType(HttpClient.ProxyType.DIRECT);
    } else {
      builder
          .proxyType(HttpClient.ProxyType.HTTP)
          .proxyAddress(new InetSocketAddress(proxy.getHost(), proxy.getPort()));
      if (proxy.getUserInfo() != null) {
        builder.proxyAuthorization(
            "Basic "
                + Base64.getEncoder()
                    .encodeToString(proxy.getUserInfo().getBytes(StandardCharsets.UTF_8)));
      }
    }
    return builder.build();
  }

  private static final class Factory extends JdkHttpClientFactory {
    @Override
    protected java.net.http.HttpClient.Builder createNewHttpClientBuilder() {
      return java.net.http.HttpClient.newBuilder().executor(THREADS);
    }
  }
}
