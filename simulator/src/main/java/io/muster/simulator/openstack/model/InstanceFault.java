package io.muster.simulator.openstack.model;

import java.time.Instant;

/**
 * Why a machine is broken.
 *
 * @param beforeAnyCell whether no host was found: lists leave such a fault out
 */
public record InstanceFault(
    int code, Instant created, String message, String details, boolean beforeAnyCell) {}
