package io.muster.agent.provider;

import io.muster.protocol.Failure;

/**
 * A part of a snapshot that could not be read while the rest could.
 *
 * @param subject what it costs, such as {@code node pve3} or {@code storage content of backup-nfs}
 * @param message what was being done and why it failed; nothing secret
 */
public record Gap(String subject, Failure failure, String message) {}
