package io.muster.protocol.inventory;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Addresses as people write them. Null = the text is none. */
final class Addresses {
  /** Where pveproxy listens. */
  static final int PROXMOX_PORT = 8006;

  private static final String HTTPS = "https://";
  private static final int MAX_PORT = 65_535;

  private Addresses() {}

  /**
   * {@code https://host:port} from an address or from host and port: {@code pve-1}, {@code
   * pve-1:8006}, {@code [2001:db8::1]:8006}, {@code 2001:db8::1}, {@code https://pve-1}. The path
   * {@code /api2/json}, which belongs to the calls, may be there.
   *
   * @param port of a text without one
   */
  static @Nullable URI proxmox(String text, int port) {
    String address = text.strip();
    if (address.regionMatches(true, 0, HTTPS, 0, HTTPS.length())) {
      address = address.substring(HTTPS.length());
    } else if (address.contains("://")) {
      return null;
    }
    address = address.replaceFirst("(/api2/json)?/?$", "");
    if (address.chars().filter(c -> c == ':').count() > 1 && !address.startsWith("[")) {
      address = "[" + address + "]";
    }
    URI uri = http(HTTPS + address);
    if (uri == null || !uri.getRawPath().isEmpty()) {
      return null;
    }
    return uri.getPort() >= 0 ? uri : http(HTTPS + address + ":" + port);
  }

  static boolean isPort(int port) {
    return port > 0 && port <= MAX_PORT;
  }

  /** Whether a host is written with its port. */
  static boolean hasPort(String text) {
    URI with = proxmox(text, 1);
    URI other = proxmox(text, 2);
    return with != null && with.equals(other);
  }

  /** An address with http or https and a host, without user, query and fragment. */
  static @Nullable URI http(String text) {
    try {
      URI uri = new URI(text.strip()).parseServerAuthority();
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean sound =
          (scheme.equals("https") || scheme.equals("http"))
              && uri.getHost() != null
              && uri.getPort() <= MAX_PORT
              && uri.getPort() != 0
              && uri.getRawUserInfo() == null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null;
      return sound ? URI.create(scheme + uri.toString().substring(scheme.length())) : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** {@code http://[user:password@]host:port}. */
  static @Nullable URI proxy(String text) {
    try {
      URI uri = new URI(text.strip()).parseServerAuthority();
      boolean sound =
          "http".equals(uri.getScheme())
              && uri.getHost() != null
              && uri.getPort() > 0
              && uri.getPort() <= MAX_PORT;
      return sound ? uri : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
