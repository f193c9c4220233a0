package io.muster.agent.openstack;

import java.time.Instant;

/** Why an instance is in ERROR. */
record Fault(Instant created, String message) {}
