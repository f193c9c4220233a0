package io.muster.simulator.openstack.model;

/** How a machine is on the network. */
public record Port(String id, String mac, String address) {}
