package io.muster.simulator.openstack.world;

/**
 * Who does something.
 *
 * @param user id
 * @param project id of the project in whose name
 * @param requestId such as {@code req-d63aa113-897c-4ecd-adfb-a9f7e5ab638f}
 */
public record Actor(String user, String project, boolean isAdmin, String requestId) {}
