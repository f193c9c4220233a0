package io.muster.simulator.openstack.model;

/** Who locked a machine. */
public enum Lock {
  NONE,
  OWNER,
  ADMIN
}
