package io.muster.agent.provider;

/** Where a VM's memory value comes from, as in {@code vm_metrics.memory_source}. */
public enum MemorySource {
  HOST("host"),
  BALLOON("balloon"),
  CGROUP("cgroup"),
  GUEST_AGENT("guest-agent"),
  METRICS_SERVER("metrics-server"),
  KUBELET("kubelet"),
  DIAGNOSTICS("diagnostics"),
  REQUESTS("requests");

  private final String label;

  MemorySource(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
