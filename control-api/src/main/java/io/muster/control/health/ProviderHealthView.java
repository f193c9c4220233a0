package io.muster.control.health;

import io.micronaut.serde.annotation.Serdeable;

/**
 * How a platform's servers do.
 *
 * @param servers all of them; the others count those of them with that connection status
 */
@Serdeable
record ProviderHealthView(
    String provider, long servers, long online, long offline, long checking, long unknown) {}
