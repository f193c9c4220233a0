package io.muster.simulator.openstack.world;

/** What of a host is spoken for, and how many machines it has. */
public record HostUsage(int vcpus, int memoryMb, int diskGb, int machines, int busy) {
  /** An empty host. */
  public static final HostUsage NONE = new HostUsage(0, 0, 0, 0, 0);

  HostUsage plus(HostUsage other) {
    return new HostUsage(
        vcpus + other.vcpus,
        memoryMb + other.memoryMb,
        diskGb + other.diskGb,
        machines + other.machines,
        busy + other.busy);
  }
}
