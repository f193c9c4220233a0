package io.muster.agent.provider;

import io.muster.protocol.ProviderKind;
import io.muster.protocol.Server;
import java.util.Optional;

/** Makes the driver of a server. */
@FunctionalInterface
public interface ProviderFactory {
  /** Does no I/O. Empty when this version has no driver for the server's platform. */
  Optional<Provider> create(Server server);

  /** What to tell the operator then. */
  static String noDriver(ProviderKind kind) {
    return "this version has no driver for %s yet; the entry is kept and not polled"
        .formatted(kind.label());
  }
}
