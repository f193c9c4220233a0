package io.muster.simulator.openstack.model;

import java.util.Locale;

/** What is being done to a machine. */
public enum TaskState {
  SCHEDULING,
  SPAWNING,
  POWERING_OFF("powering-off"),
  POWERING_ON("powering-on"),
  REBOOTING,
  REBOOTING_HARD,
  PAUSING,
  UNPAUSING,
  SUSPENDING,
  RESUMING,
  REBUILDING,
  IMAGE_SNAPSHOT,
  UPDATING_PASSWORD,
  RESIZE_PREP,
  RESIZE_CONFIRMING,
  RESIZE_REVERTING,
  SHELVING,
  UNSHELVING,
  RESCUING,
  UNRESCUING,
  MIGRATING,
  DELETING;

  private final String word;

  TaskState() {
    this.word = name().toLowerCase(Locale.ROOT);
  }

  TaskState(String word) {
    this.word = word;
  }

  /** As {@code OS-EXT-STS:task_state} says it. */
  public String word() {
    return word;
  }
}
