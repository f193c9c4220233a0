package io.muster.simulator.openstack.world;

import io.muster.simulator.openstack.model.Flavor;
import io.muster.simulator.openstack.model.Host;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Places machines: on the host with the most memory left of those that are up and have room. */
final class Scheduler {
  private final Cloud cloud;

  Scheduler(Cloud cloud) {
    this.cloud = cloud;
  }

  /**
   * Where such a machine goes, or null when nothing has room.
   *
   * @param not where it must not go, or null
   */
  @Nullable String place(Flavor flavor, @Nullable String not) {
    Map<String, HostUsage> usage = cloud.usage().byHost();
    Instant now = cloud.now();
    String best = null;
    double most = -1;
    for (Compute compute : cloud.computes()) {
      Host host = compute.host();
      HostUsage used = usage.getOrDefault(host.name(), HostUsage.NONE);
      double left = memoryLeft(host, used, flavor);
      if (compute.isEnabled()
          && compute.isUp(now)
          && !host.name().equals(not)
          && used.vcpus() + flavor.vcpus() <= host.vcpus() * Host.VCPU_RATIO
          && used.diskGb() + flavor.diskGb() <= host.diskGb()
          && left >= 0
          && left > most) {
        best = host.name();
        most = left;
      }
    }
    return best;
  }

  private static double memoryLeft(Host host, HostUsage used, Flavor flavor) {
    return (host.memoryMb() - Host.RESERVED_MB) * Host.MEMORY_RATIO
        - used.memoryMb()
        - flavor.ramMb();
  }
}
