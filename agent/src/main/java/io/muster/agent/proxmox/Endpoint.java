package io.muster.agent.proxmox;

import java.net.URI;
import java.util.Locale;

/**
 * An address where a member of the cluster answers.
 *
 * @param host name or IP, without brackets
 */
record Endpoint(String scheme, String host, int port) {
  /** Where pveproxy listens. */
  static final int DEFAULT_PORT = 8006;

  static Endpoint of(URI uri) {
    String scheme = uri.getScheme() == null ? "https" : uri.getScheme().toLowerCase(Locale.ROOT);
    String host = uri.getHost();
    if (host == null) {
      throw new IllegalArgumentException("not an address of a Proxmox member: " + uri);
    }
    return new Endpoint(scheme, bare(host), uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort());
  }

  /** The same port and scheme on another host. */
  Endpoint on(String otherHost) {
    return new Endpoint(scheme, bare(otherHost), port);
  }

  URI uri() {
    return URI.create(toString());
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  @Override
  public String toString() {
    return scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
