package io.muster.control.caller;

import io.micronaut.http.HttpRequest;
import io.muster.control.settings.ControlSettings;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a request came from: the peer, or, behind one of our reverse proxies, whom that proxy says
 * it had as peer.
 */
@Singleton
public final class ClientAddress {
  private static final String HEADER = "X-Forwarded-For";

  /** Of an IPv6 address with a zone. */
  private static final int MAX_LENGTH = 64;

  private static final Pattern WITH_PORT =
      Pattern.compile("(?:\\[(?<v6>[^]]+)]|(?<v4>[0-9.]+))(?::[0-9]+)?");

  private final Set<String> proxies;

  ClientAddress(ControlSettings settings) {
    proxies =
        settings.proxies().stream()
            .map(ClientAddress::canonical)
            .collect(Collectors.toUnmodifiableSet());
  }

  public String of(HttpRequest<?> request) {
    String peer = request.getRemoteAddress().getAddress().getHostAddress();
    if (!proxies.contains(peer)) {
      return peer;
    }
    // The last proxy appends to what it was sent, which anybody can have written.
    List<String> hops =
        request.getHeaders().getAll(HEADER).stream()
            .flatMap(line -> Arrays.stream(line.split(",", -1)))
            .map(String::strip)
            .filter(hop -> !hop.isEmpty() && hop.length() <= MAX_LENGTH)
            .map(ClientAddress::canonical)
            .toList();
    for (String hop : hops.reversed()) {
      if (!proxies.contains(hop)) {
        return hop;
      }
    }
    return peer;
  }

  /** One spelling for each address, without the port that some proxies tell. */
  private static String canonical(String hop) {
    Matcher withPort = WITH_PORT.matcher(hop);
    String address =
        withPort.matches()
            ? Objects.requireNonNullElse(withPort.group("v6"), withPort.group("v4"))
            : hop;
    try {
      return InetAddress.ofLiteral(address).getHostAddress();
    } catch (IllegalArgumentException e) {
      return address;
    }
  }
}
