package io.muster.agent.provider;

import io.muster.protocol.AddressRules;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Where the agent never connects to, whoever says that a server is there: the one place that all
 * drivers ask. It is of the whole process, because Java's HTTP client leaves no other way to look
 * at what it connects to than the resolver of the process ({@link GuardedResolverProvider}).
 */
public final class Destinations {
  private static volatile AddressRules denied = AddressRules.DEFAULT;
  private static volatile Set<String> ownHosts = Set.of();

  private Destinations() {}

  /** From the next connection on. */
  public static void deny(AddressRules rules) {
    denied = rules;
  }

  /** Hosts of the agent's own settings: their names resolve whatever is denied to servers. */
  public static void keepOwn(Set<String> hosts) {
    ownHosts = Set.copyOf(hosts);
  }

  /**
   * The addresses to connect to, for a client that asks before each connection.
   *
   * @throws DeniedAddressException when none of them is allowed
   */
  public static InetAddress[] resolve(String host) throws UnknownHostException {
    return allowed(host, Stream.of(InetAddress.getAllByName(host))).toArray(InetAddress[]::new);
  }

  /**
   * For a client that can't be told the address. What resolves to nothing is left to it; what it
   * resolves afterwards goes through {@link GuardedResolverProvider}.
   *
   * @throws DeniedAddressException when no address of the host is allowed
   */
  public static void check(String host) throws DeniedAddressException {
    try {
      InetAddress[] _ = resolve(host);
    } catch (DeniedAddressException e) {
      throw e;
    } catch (UnknownHostException e) {
      // Whoever connects will tell it, or a proxy knows the name.
    }
  }

  /** What the process may learn of a name. */
  static List<InetAddress> looked(String host, Stream<InetAddress> found)
      throws UnknownHostException {
    return ownHosts.contains(host.toLowerCase(Locale.ROOT)) ? found.toList() : allowed(host, found);
  }

  private static List<InetAddress> allowed(String host, Stream<InetAddress> found)
      throws DeniedAddressException {
    AddressRules rules = denied;
    List<InetAddress> allowed = new ArrayList<>();
    List<InetAddress> refused = new ArrayList<>();
    found.forEach(address -> (rules.denies(address) ? refused : allowed).add(address));
    if (allowed.isEmpty() && !refused.isEmpty()) {
      throw new DeniedAddressException(host, refused.getFirst().getHostAddress());
    }
    return allowed;
  }
}
