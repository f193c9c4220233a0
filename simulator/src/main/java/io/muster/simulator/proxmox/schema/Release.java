package io.muster.simulator.proxmox.schema;

/** A release line of Proxmox VE, such as 8.4 or 9.2. */
public record Release(int major, int minor) implements Comparable<Release> {
  public static final Release PVE_8_4 = new Release(8, 4);
  public static final Release PVE_9_2 = new Release(9, 2);

  /** Reads {@code major.minor}. */
  public static Release parse(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException("A release is written MAJOR.MINOR, not '" + text + "'");
    }
    return new Release(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }

  @Override
  public int compareTo(Release other) {
    return major != other.major
        ? Integer.compare(major, other.major)
        : Integer.compare(minor, other.minor);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
