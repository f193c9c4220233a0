package io.muster.cli.api;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code HTTPS_PROXY}, {@code HTTP_PROXY} and {@code NO_PROXY}, in either case. */
final class EnvironmentProxies extends ProxySelector {
  private final Map<String, String> environment;
  private final List<String> exempt;

  EnvironmentProxies(Map<String, String> environment) {
    this.environment = environment;
    this.exempt =
        Arrays.stream(value("NO_PROXY").split(",", -1))
            .map(entry -> entry.strip().toLowerCase(Locale.ROOT))
            .filter(entry -> !entry.isEmpty())
            .toList();
  }

  /** For messages, without its password; empty when none leads there. */
  Optional<String> describe(URI uri) {
    return to(uri).map(proxy -> proxy.getHost() + ":" + port(proxy));
  }

  @Override
  public List<Proxy> select(URI uri) {
    return to(uri)
        .map(proxy ->
            List.of(
                new Proxy(Proxy.Type.HTTP, new InetSocketAddress(proxy.getHost(), port(proxy)))))
        .orElse(List.of(Proxy.NO_PROXY));
  }

  /**
   * What the proxy to there is told unasked, when its address holds a user and a password; the
   * client's own way of asking would take the API's refusals for its own.
   */
  Optional<String> authorization(URI uri) {
    return to(uri)
        .flatMap(proxy -> Optional.ofNullable(proxy.getUserInfo()))
        .map(login -> login.getBytes(StandardCharsets.UTF_8))
        .map(login -> "Basic " + Base64.getEncoder().encodeToString(login));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // The call itself tells of it.
  }

  private Optional<URI> to(URI uri) {
    var host = uri.getHost().toLowerCase(Locale.ROOT);
    return isExempt(host)
        ? Optional.empty()
        : proxy("https".equalsIgnoreCase(uri.getScheme()) ? "HTTPS_PROXY" : "HTTP_PROXY");
  }

  private boolean isExempt(String host) {
    if (host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]")) {
      return true;
    }
    return exempt.stream()
        .map(entry -> entry.startsWith("*.") ? entry.substring(1) : entry)
        .anyMatch(entry -> {
          var name = entry.startsWith(".") ? entry.substring(1) : entry;
          return entry.equals("*") || host.equals(name) || host.endsWith("." + name);
        });
  }

  private Optional<URI> proxy(String name) {
    var text = value(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    var proxy = URI.create(text.contains("://") ? text : "http://" + text);
    if (proxy.getHost() == null) {
      throw new ControlException(name + " names no host: http://host:port is expected.", null);
    }
    return Optional.of(proxy);
  }

  private String value(String name) {
    var upper = environment.getOrDefault(name, "");
    var value =
        upper.isBlank() ? environment.getOrDefault(name.toLowerCase(Locale.ROOT), "") : upper;
    return value.strip();
  }

  private static int port(URI proxy) {
    return proxy.getPort() < 0 ? 80 : proxy.getPort();
  }
}
