package io.muster.simulator.proxmox.world.model;

/** A release of Proxmox VE that can be simulated. */
public enum PveVersion {
  V8_4("8.4.21", "8.4", "2606ac8500000000", "6.8.12-17-pve", "10.0.2"),
  V9_2("9.2.11", "9.2", "14a22df300000000", "6.17.2-1-pve", "10.1.2");

  private final String full;
  private final String release;
  private final String repoId;
  private final String kernel;
  private final String qemu;

  PveVersion(String full, String release, String repoId, String kernel, String qemu) {
    this.full = full;
    this.release = release;
    this.repoId = repoId;
    this.kernel = kernel;
    this.qemu = qemu;
  }

  /** Parses {@code 8.4} or {@code 9.2}. */
  public static PveVersion ofRelease(String release) {
    for (PveVersion version : values()) {
      if (version.release.equals(release)) {
        return version;
      }
    }
    throw new IllegalArgumentException(
        "Cannot simulate Proxmox VE " + release + ": choose 8.4 or 9.2");
  }

  public String full() {
    return full;
  }

  public String release() {
    return release;
  }

  public String repoId() {
    return repoId;
  }

  public String kernel() {
    return kernel;
  }

  public String qemu() {
    return qemu;
  }

  /** Host memory, pressure, the RRD layout of 9 and HA rules exist. */
  public boolean isNine() {
    return this == V9_2;
  }
}
