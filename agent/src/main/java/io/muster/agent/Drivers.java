package io.muster.agent;

import io.muster.agent.provider.Provider;
import io.muster.agent.provider.ProviderFactory;
import io.muster.agent.proxmox.ProxmoxProvider;
import io.muster.agent.settings.Proxies;
import io.muster.protocol.KubernetesServer;
import io.muster.protocol.OpenStackServer;
import io.muster.protocol.ProxmoxServer;
import io.muster.protocol.Server;
import java.time.InstantSource;
import java.util.Optional;

/** The one place that names the platforms. */
final class Drivers implements ProviderFactory {
  private final Proxies proxies;

  Drivers(Proxies proxies) {
    this.proxies = proxies;
  }

  @Override
  public Optional<Provider> create(Server server) {
    return switch (server) {
      case ProxmoxServer proxmox ->
          Optional.of(new ProxmoxProvider(proxmox, proxies.asVariables(), InstantSource.system()));
      case KubernetesServer kubernetes -> Optional.empty();
      case OpenStackServer openStack -> Optional.empty();
    };
  }
}
