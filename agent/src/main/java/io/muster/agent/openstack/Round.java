package io.muster.agent.openstack;

import io.muster.agent.provider.Deadline;
import java.time.Duration;
import java.time.Instant;

/**
 * What every call of one poll is told.
 *
 * @param at the tick
 * @param interval until the next one
 * @param versions what Nova offers
 */
record Round(
    Instant at, Duration interval, Deadline deadline, CallCounter calls, ComputeVersions versions) {
  Microversion version() {
    return versions.chosen();
  }
}
