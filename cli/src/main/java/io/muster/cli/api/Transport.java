package io.muster.cli.api;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** How bytes get there: certificates, proxies, and words for what goes wrong on the way. */
final class Transport {
  /** A handshake over a slow line takes seconds; more, and nobody is there. */
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(10);

  private final HttpClient client;
  private final ServerTrust trust;
  private final EnvironmentProxies proxies;

  /**
   * @param environment holds {@code MUSTER_CA}, {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code
   *     NO_PROXY}
   */
  Transport(Map<String, String> environment) {
    trust = ServerTrust.of(environment.get("MUSTER_CA"));
    proxies = new EnvironmentProxies(environment);
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_PATIENCE)
            .sslContext(trust.context())
            .proxy(proxies)
            .build();
  }

  HttpClient client() {
    return client;
  }

  /** A request to there, with what a proxy on the way wants. */
  HttpRequest.Builder request(URI uri) {
    var request = HttpRequest.newBuilder(uri);
    proxies.authorization(uri).ifPresent(login -> request.header("Proxy-Authorization", login));
    return request;
  }

  /** What to tell people when there was no answer. */
  ControlException explain(ControlAddress address, @Nullable Throwable failure) {
    var tls = find(failure, SSLException.class);
    if (tls.isPresent()) {
      return new ControlException(explainTls(address, tls.get()), failure);
    }
    var way = proxies.describe(address.url()).map(" through the proxy "::concat).orElse("");
    return new ControlException(
        "Cannot reach the control API at %s%s: %s. Is it running, and the address right (MUSTER_URL)?"
            .formatted(address, way, reason(failure)),
        failure);
  }

  private String explainTls(ControlAddress address, SSLException failure) {
    var seen = trust.describeLast();
    if (seen.isEmpty()) {
      return "%s does not speak TLS as it should: %s. Is it https:// there, and this the right port?"
          .formatted(address, failure.getMessage());
    }
    return """
    The certificate of %s is not trusted: %s.
      %s
    If that is yours, set MUSTER_CA to the file of its authority (PEM), or to this SHA-256 once you have compared it there.\
    """
        .formatted(address, ServerTrust.reason(failure), seen.get());
  }

  private static String reason(@Nullable Throwable failure) {
    if (failure == null) {
      return "no answer";
    }
    if (find(failure, UnresolvedAddressException.class).isPresent()) {
      return "there is no such host";
    }
    if (failure instanceof HttpConnectTimeoutException) {
      return "no answer within " + CONNECT_PATIENCE.toSeconds() + " s";
    }
    if (failure instanceof ConnectException && failure.getMessage() == null) {
      return "the connection is refused";
    }
    return failure.getMessage() == null
        ? failure.getClass().getSimpleName()
        : failure.getMessage().replaceAll("\\.$", "");
  }

  private static <T extends Throwable> Optional<T> find(
      @Nullable Throwable failure, Class<T> kind) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (kind.isInstance(cause)) {
        return Optional.of(kind.cast(cause));
      }
    }
    return Optional.empty();
  }
}
