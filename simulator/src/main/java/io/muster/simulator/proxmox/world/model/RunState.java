package io.muster.simulator.proxmox.world.model;

/** What a guest does. */
public enum RunState {
  RUNNING,
  PAUSED,
  STOPPED,
  /** Its node is down, or it is deleted: nobody measures it. */
  ABSENT;

  /** Whether the guest's process exists. */
  public boolean isAlive() {
    return switch (this) {
      case RUNNING, PAUSED -> true;
      case STOPPED, ABSENT -> false;
    };
  }
}
