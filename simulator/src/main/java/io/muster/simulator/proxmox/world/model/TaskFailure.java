package io.muster.simulator.proxmox.world.model;

/** Why a task fails; its message becomes the exit status. */
public final class TaskFailure extends Exception {
  private static final long serialVersionUID = 1L;

  public TaskFailure(String message) {
    super(message, null, false, false);
  }
}
