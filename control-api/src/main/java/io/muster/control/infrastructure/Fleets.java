package io.muster.control.infrastructure;

import io.muster.control.caller.Caller;
import io.muster.control.server.KnownServers;
import jakarta.inject.Singleton;

@Singleton
final class Fleets {
  private final KnownServers servers;

  Fleets(KnownServers servers) {
    this.servers = servers;
  }

  Fleet of(Caller caller) {
    return Fleet.of(caller, servers.of(caller.tenant()));
  }
}
