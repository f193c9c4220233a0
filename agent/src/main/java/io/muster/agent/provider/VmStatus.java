package io.muster.agent.provider;

/** Unified status of a VM, as in {@code vm_states.status}. */
public enum VmStatus {
  RUNNING("running"),
  STOPPED("stopped"),
  PAUSED("paused"),
  SUSPENDED("suspended"),
  PENDING("pending"),
  FAILED("failed"),
  SUCCEEDED("succeeded"),
  UNKNOWN("unknown"),
  REMOVED("removed");

  private final String label;

  VmStatus(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
