package io.muster.simulator.proxmox.world.model;

/** What a worker does at its beginning and at its end. */
public interface TaskWork {
  /** Looks whether it can be done, and takes the lock. */
  default void begin(Task task) throws TaskFailure {}

  /** Does it. */
  void finish(Task task) throws TaskFailure;

  /** Gives back what {@link #begin} took, when it is killed; its node may be down. */
  default void abort() {}
}
