package io.muster.cli.api;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * Where a control API is.
 *
 * @param url {@code https://host[:port][/path]}, or {@code http://} to this machine, without a
 *     slash at its end
 */
public record ControlAddress(URI url) {
  private static final String BASE_PATH = "/api/v1";

  /**
   * Reads it; {@code https://} is meant when no scheme is given.
   *
   * @param plainHttp whether a password may cross a network in clear
   * @throws ControlException when it is none, or when it would carry a password in clear
   */
  public static ControlAddress of(String text, boolean plainHttp) {
    var whole = text.contains("://") ? text : "https://" + text;
    try {
      var url = new URI(whole.replaceAll("/+$", ""));
      if (url.getHost() == null || !url.getScheme().toLowerCase(Locale.ROOT).matches("https?")) {
        throw new ControlException(
            "\"%s\" is no address of a control API: https://host[:port] is expected."
                .formatted(text),
            null);
      }
      if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getFragment() != null) {
        throw new ControlException(
            "The address of the control API holds more than scheme, host, port and path: a login does not belong there. Use: muster login",
            null);
      }
      if (url.getScheme().equalsIgnoreCase("http") && !plainHttp && !isThisMachine(url.getHost())) {
        throw new ControlException(
            "%s would carry passwords and tokens in clear through the network. Use https://; or, when you know that network, set MUSTER_ALLOW_PLAIN_HTTP=true."
                .formatted(url),
            null);
      }
      return new ControlAddress(url);
    } catch (URISyntaxException holdsTheText) {
      throw new ControlException(
          "\"%s\" is no address of a control API: https://host[:port] is expected.".formatted(text),
          holdsTheText);
    }
  }

  URI resolve(String pathAndQuery) {
    return URI.create(url + BASE_PATH + pathAndQuery);
  }

  private static boolean isThisMachine(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    // A name may lead anywhere tomorrow; an address is what it is.
    if (!host.startsWith("[") && !host.matches("[0-9.]+")) {
      return false;
    }
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException none) {
      return false;
    }
  }

  @Override
  public String toString() {
    return url.toString();
  }
}
