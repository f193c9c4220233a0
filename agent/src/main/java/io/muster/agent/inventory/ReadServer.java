package io.muster.agent.inventory;

import io.muster.protocol.Server;

/**
 * A server and where it was read.
 *
 * @param ownId whether it brought its id; else its id stands on its name
 */
record ReadServer(Server server, Place place, boolean ownId) {
  String name() {
    return server.entry().name();
  }
}
