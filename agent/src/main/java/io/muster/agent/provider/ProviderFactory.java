package io.muster.agent.provider;

import io.muster.protocol.Server;

/** Makes the driver of a server. */
@FunctionalInterface
public interface ProviderFactory {
  /** Does no I/O. */
  Provider create(Server server);
}
