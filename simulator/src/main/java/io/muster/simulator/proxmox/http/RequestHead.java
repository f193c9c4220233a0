package io.muster.simulator.proxmox.http;

import io.muster.simulator.proxmox.access.Authenticator.Credentials;
import org.jspecify.annotations.Nullable;

/**
 * A request before its body.
 *
 * @param path decoded, such as {@code /api2/json/version}
 * @param query as sent, or empty
 */
record RequestHead(
    String method,
    String path,
    String query,
    @Nullable String contentType,
    Credentials credentials) {}
