package io.muster.simulator.openstack.model;

/** A tenant of the cloud. */
public record Project(String id, String name, String description, Quota quota) {}
