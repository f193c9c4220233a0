package io.muster.agent;

import io.muster.agent.kubernetes.KubernetesProvider;
import io.muster.agent.openstack.OpenStackProvider;
import io.muster.agent.provider.ApiReference;
import io.muster.agent.provider.CallListener;
import io.muster.agent.provider.ProgressKeeper;
import io.muster.agent.provider.Provider;
import io.muster.agent.provider.ProviderFactory;
import io.muster.agent.proxmox.ProxmoxProvider;
import io.muster.agent.settings.Proxies;
import io.muster.protocol.KubernetesServer;
import io.muster.protocol.OpenStackServer;
import io.muster.protocol.ProviderKind;
import io.muster.protocol.ProxmoxServer;
import io.muster.protocol.Server;
import io.muster.protocol.ServerId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** The one place that names the platforms. */
final class Drivers implements ProviderFactory {
  private final Proxies proxies;
  private final Function<Server, CallListener> listeners;
  private final Function<ServerId, ProgressKeeper> keepers;
  private final Duration backfillReach;

  /** For one look: what is read is not kept anywhere. */
  Drivers(Proxies proxies) {
    this(proxies, server -> CallListener.NONE);
  }

  /** For one look, with somebody who hears of the calls to each server. */
  Drivers(Proxies proxies, Function<Server, CallListener> listeners) {
    this(proxies, listeners, server -> ProgressKeeper.TRUSTING, Duration.ZERO);
  }

  /**
   * @param listeners who hears of the calls to each server
   * @param keepers who knows what became of the rows of a server
   * @param backfillReach how far back gaps are filled that take more than the steady calls
   */
  Drivers(
      Proxies proxies,
      Function<Server, CallListener> listeners,
      Function<ServerId, ProgressKeeper> keepers,
      Duration backfillReach) {
    this.proxies = proxies;
    this.listeners = listeners;
    this.keepers = keepers;
    this.backfillReach = backfillReach;
  }

  /** What is asked of a platform; empty when this version has no driver for it. */
  static Optional<ApiReference> reference(ProviderKind kind) {
    return switch (kind) {
      case PROXMOX -> Optional.of(ProxmoxProvider.apiReference());
      case KUBERNETES, OPENSTACK -> Optional.empty();
    };
  }

  @Override
  public Optional<Provider> create(Server server) {
    return switch (server) {
      case ProxmoxServer proxmox ->
          Optional.of(
              new ProxmoxProvider(
                  proxmox,
                  proxies.asVariables(),
                  InstantSource.system(),
                  listeners.apply(server),
                  keepers.apply(proxmox.entry().id()),
                  backfillReach));
      case KubernetesServer kubernetes ->
          Optional.of(
              new KubernetesProvider(kubernetes, proxies.asVariables(), InstantSource.system()));
      case OpenStackServer openStack ->
          Optional.of(
              new OpenStackProvider(openStack, proxies.asVariables(), InstantSource.system()));
    };
  }
}
