package io.muster.protocol;

/** The platforms. {@link #label()} is the word in columns, routes and configuration. */
public enum ProviderKind {
  PROXMOX("proxmox"),
  KUBERNETES("kubernetes"),
  OPENSTACK("openstack");

  private final String label;

  ProviderKind(String label) {
    this.label = label;
  }

  public String label() {
    return label;
  }
}
