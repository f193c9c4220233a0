package io.muster.control.server;

import io.muster.protocol.KubernetesServer;
import io.muster.protocol.KubernetesServer.Access;
import io.muster.protocol.OpenStackServer;
import io.muster.protocol.OpenStackServer.Credential;
import io.muster.protocol.ProxmoxServer;
import io.muster.protocol.Server;
import io.muster.protocol.TlsTrust;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a server's secrets are sent, and what protects them on the way: a kept secret must never
 * follow a change of these to somebody who does not know it.
 *
 * @param addresses in no order: which member is asked first gives nothing away
 * @param users whom each secret belongs to, by the secret's key
 */
record Target(Set<URI> addresses, @Nullable URI proxy, TlsTrust tls, Map<String, String> users) {
  Target {
    addresses = Set.copyOf(addresses);
    users = Map.copyOf(users);
  }

  static Target of(Server server) {
    URI proxy = server.entry().proxy();
    return switch (server) {
      case ProxmoxServer proxmox -> {
        Set<URI> addresses = new HashSet<>(proxmox.urls());
        addresses.addAll(proxmox.nodeAddresses().values());
        Map<String, String> users = new HashMap<>();
        users.put("tokenSecret", proxmox.token().id());
        if (proxmox.actionToken() != null) {
          users.put("actionTokenSecret", proxmox.actionToken().id());
        }
        yield new Target(addresses, proxy, proxmox.tls(), users);
      }
      case KubernetesServer kubernetes ->
          new Target(
              kubernetes.access() instanceof Access.Token token ? Set.of(token.url()) : Set.of(),
              proxy,
              kubernetes.tls(),
              Map.of());
      case OpenStackServer openStack ->
          new Target(
              Set.of(openStack.authUrl()),
              proxy,
              openStack.tls(),
              switch (openStack.credential()) {
                case Credential.Password password ->
                    Map.of("password", password.username() + "@" + password.userDomainName());
                case Credential.Application application ->
                    Map.of("applicationCredentialSecret", application.id());
              });
    };
  }

  /** Which of the kept secrets have to be given again. */
  List<String> demanded(Target next, Set<String> kept) {
    boolean elsewhere =
        !addresses.equals(next.addresses)
            || !Objects.equals(proxy, next.proxy)
            || !tls.equals(next.tls);
    Set<String> demanded = new TreeSet<>();
    for (String secret : kept) {
      if (elsewhere || !Objects.equals(users.get(secret), next.users.get(secret))) {
        demanded.add(secret);
      }
    }
    return List.copyOf(demanded);
  }
}
