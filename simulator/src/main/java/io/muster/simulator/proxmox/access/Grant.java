package io.muster.simulator.proxmox.access;

/**
 * One line of the access list.
 *
 * @param subject a user or the full id of a token
 */
public record Grant(String path, String subject, String role, boolean propagates) {}
