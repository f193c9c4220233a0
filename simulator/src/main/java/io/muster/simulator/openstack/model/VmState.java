package io.muster.simulator.openstack.model;

import java.util.Locale;

/** What a machine is, as Nova keeps it. */
public enum VmState {
  BUILDING,
  ACTIVE,
  STOPPED,
  PAUSED,
  SUSPENDED,
  RESCUED,
  RESIZED,
  SHELVED,
  SHELVED_OFFLOADED,
  ERROR,
  DELETED;

  /** As {@code OS-EXT-STS:vm_state} says it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
