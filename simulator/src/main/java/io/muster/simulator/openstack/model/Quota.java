package io.muster.simulator.openstack.model;

/**
 * What a project may have; -1 has no limit.
 *
 * @param volumeGb of all volumes together
 */
public record Quota(int instances, int cores, int ramMb, int volumes, int volumeGb) {}
