package io.muster.agent.provider;

/** Kind of a workload, as in {@code vm_states.type}. */
public enum VmType {
  QEMU("qemu"),
  LXC("lxc"),
  POD("pod"),
  DEPLOYMENT("deployment"),
  INSTANCE("instance");

  private final String label;

  VmType(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
