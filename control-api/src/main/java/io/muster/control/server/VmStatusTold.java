package io.muster.control.server;

import io.muster.protocol.link.VmStatusChange;

/** An agent has told that a VM is in another state. */
public record VmStatusTold(OwnedServer server, VmStatusChange change) {}
