package io.muster.agent.provider;

/** Unified status of a node, as in {@code node_states.status}. */
public enum NodeStatus {
  ONLINE("online"),
  OFFLINE("offline"),
  UNKNOWN("unknown"),
  READY("ready"),
  NOT_READY("not-ready"),
  MAINTENANCE("maintenance"),
  REMOVED("removed");

  private final String label;

  NodeStatus(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
