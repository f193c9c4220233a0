package io.muster.simulator.openstack.model;

/** What the hypervisor says of a guest. */
public enum PowerState {
  NONE(0, "pending"),
  RUNNING(1, "running"),
  PAUSED(3, "paused"),
  SHUTDOWN(4, "shutdown"),
  CRASHED(6, "crashed");

  private final int number;
  private final String word;

  PowerState(int number, String word) {
    this.number = number;
    this.word = word;
  }

  /** As {@code OS-EXT-STS:power_state} says it. */
  public int number() {
    return number;
  }

  /** As errors say it. */
  public String word() {
    return word;
  }
}
