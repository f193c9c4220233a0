package io.muster.simulator.openstack.model;

/** A network with one subnet. */
public record Network(
    String id, String name, String project, String subnet, String cidr, String gateway) {}
