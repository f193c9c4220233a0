package io.muster.agent.proxmox;

import io.muster.agent.proxmox.CallException.Reach;
import io.muster.protocol.Failure;
import io.muster.protocol.Fingerprint;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where each node is reached: at its configured address, at a configured URL that turned out to be
 * it, at the IP that the cluster states; else through a member. Used by the poll's thread alone.
 */
final class NodeRoutes {
  /** A node that can't be reached directly is read through a member meanwhile. */
  static final Duration FIRST_SETBACK = Duration.ofMinutes(5);

  /** Each try may cost a poll its connect time-out. */
  static final Duration LONGEST_SETBACK = Duration.ofHours(1);

  /** A node that hangs would cost each poll all its time: it is left alone for some polls. */
  static final Duration FIRST_REST = Duration.ofMinutes(1);

  /** Its export keeps 30 minutes: asked much later than it is well again, it has lost some. */
  static final Duration LONGEST_REST = Duration.ofMinutes(2);

  private final Map<String, Endpoint> configured = new HashMap<>();
  private final Members members;
  private final Tls tls;
  private final Map<Endpoint, String> identities = new HashMap<>();
  private final Map<String, Setback> setbacks = new HashMap<>();
  private final Map<String, Rest> rests = new HashMap<>();
  private Map<String, String> addresses = Map.of();
  private @Nullable Map<String, Fingerprint> fingerprints;
  private Instant fingerprintsReadAt = Instant.EPOCH;
  private Set<String> renewed = Set.of();
  private boolean known;

  private record Setback(String why, Instant until, Duration length) {}

  /** A node that hung at every way to it and is not asked meanwhile. */
  record Rest(CallException why, Instant until, Duration length) {}

  NodeRoutes(Map<String, URI> nodeAddresses, Members members, Tls tls) {
    nodeAddresses.forEach((node, address) -> configured.put(node, Endpoint.of(address)));
    this.members = members;
    this.tls = tls;
  }

  /** Whether the cluster has stated its members' addresses. */
  boolean known() {
    return known;
  }

  Map<String, String> addresses() {
    return addresses;
  }

  /** Takes the members' IPs, and which of them it was that answered at {@code at}. */
  void learn(ClusterStatus status, Endpoint at) {
    addresses = status.addresses();
    known = true;
    if (status.local() != null) {
      identities.put(at, status.local());
    }
  }

  /** Takes what the cluster states as its nodes' certificates, read through a trusted member. */
  void learn(Map<String, Fingerprint> stated, Instant now) {
    Map<String, Fingerprint> before = fingerprints == null ? Map.of() : fingerprints;
    Set<String> changed =
        stated.keySet().stream()
            .filter(node -> !Objects.equals(stated.get(node), before.get(node)))
            .collect(Collectors.toSet());
    setbacks.keySet().removeAll(changed); // what was refused may be trusted now
    changed.retainAll(before.keySet());
    renewed = Set.copyOf(changed);
    fingerprints = Map.copyOf(stated);
    fingerprintsReadAt = now;
  }

  /** Who the cluster says that it is; null = not known, or read from nobody who was verified. */
  @Nullable ClusterIdentity identity() {
    return fingerprints == null || fingerprints.isEmpty() || !tls.verified()
        ? null
        : ClusterIdentity.of(fingerprints, addresses, fingerprintsReadAt);
  }

  /** The node that answered at an address: not always the expected one. */
  void answered(Endpoint at, String node) {
    identities.put(at, node);
    setbacks.remove(node);
    rests.remove(node);
  }

  void answeredThroughMember(String node) {
    rests.remove(node);
  }

  /** Null = to be asked; else it hung when it was asked last. */
  @Nullable Rest resting(String node, Instant now) {
    Rest rest = rests.get(node);
    return rest != null && rest.until.isAfter(now) ? rest : null;
  }

  void failedThroughMember(String node, CallException failure, Instant now) {
    if (failure.hung()) {
      Rest before = rests.get(node);
      Duration length = longer(before == null ? null : before.length, FIRST_REST, LONGEST_REST);
      rests.put(node, new Rest(failure, now.plus(length), length));
    }
  }

  void failed(String node, Endpoint at, CallException failure, Instant now) {
    if (at.equals(members.current())) {
      failedThroughMember(node, failure, now);
      return;
    }
    if (failure.reach() == Reach.CALL || failure.reach() == Reach.EVERYWHERE) {
      return;
    }
    if (failure.failure() == Failure.TLS
        && renewed.contains(node)
        && now.equals(fingerprintsReadAt)) {
      return; // refused by what the cluster stated before this poll
    }
    Setback before = setbacks.get(node);
    Duration length = longer(before == null ? null : before.length, FIRST_SETBACK, LONGEST_SETBACK);
    setbacks.put(node, new Setback(failure.reason(), now.plus(length), length));
  }

  private static Duration longer(@Nullable Duration before, Duration first, Duration longest) {
    Duration next = before == null ? first : before.multipliedBy(2);
    return next.compareTo(longest) < 0 ? next : longest;
  }

  Route of(String node, Instant now) {
    Setback setback = setbacks.get(node);
    if (setback != null && setback.until.isAfter(now)) {
      return new Route.ThroughMember(setback.why);
    }
    Endpoint own = configured.get(node);
    if (own == null) {
      own = configuredUrlOf(node);
    }
    if (own == null) {
      return stated(node);
    }
    return direct(own, node);
  }

  /** Where to ask a node's own question: at the node if possible. */
  Endpoint nearest(String node, Instant now) {
    return switch (of(node, now)) {
      case Route.Direct direct -> direct.at();
      case Route.ThroughMember through -> members.current();
    };
  }

  private @Nullable Endpoint configuredUrlOf(String node) {
    String ip = addresses.get(node);
    for (Endpoint url : members.urls()) {
      String identity = identities.get(url);
      if (node.equals(identity) || (identity == null && url.host().equals(ip) && !shared(ip))) {
        return url;
      }
    }
    return null;
  }

  private Route stated(String node) {
    String ip = addresses.get(node);
    if (ip == null) {
      return new Route.ThroughMember("the cluster does not state its address");
    }
    if (shared(ip)) {
      return new Route.ThroughMember("other nodes have the same address " + ip);
    }
    if (tls.pinned() && fingerprints == null) {
      return new Route.ThroughMember("its certificate's fingerprint is not known yet");
    }
    return direct(members.current().on(ip), node);
  }

  private Route direct(Endpoint at, String node) {
    String identity = identities.get(at);
    if (identity != null && !identity.equals(node)) {
      return new Route.ThroughMember(at + " is node " + identity);
    }
    Fingerprint fingerprint = fingerprints == null ? null : fingerprints.get(node);
    if (fingerprint != null) {
      tls.expect(at, fingerprint);
    }
    return new Route.Direct(at);
  }

  private boolean shared(@Nullable String ip) {
    return addresses.values().stream().filter(other -> other.equals(ip)).count() > 1;
  }
}
