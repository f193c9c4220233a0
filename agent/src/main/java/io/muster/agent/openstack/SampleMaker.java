package io.muster.agent.openstack;

import io.muster.agent.provider.ClusterSample;
import io.muster.agent.provider.MemorySource;
import io.muster.agent.provider.NodeSample;
import io.muster.agent.provider.NodeState;
import io.muster.agent.provider.NodeStatus;
import io.muster.agent.provider.Sample;
import io.muster.agent.provider.VmSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes rows of numbers; each is as old as the poll, for no service says when it measured. */
final class SampleMaker {
  private final Rates rates = new Rates();

  Rates rates() {
    return rates;
  }

  /**
   * What hosts have and gave away; what they use is in no API but for the load. Each stands for the
   * time since the poll before.
   */
  static List<Sample> nodes(Collection<Host> hosts, Map<String, Uptime> uptimes, Round round) {
    int seconds = Math.toIntExact(round.interval().toSeconds());
    List<Sample> samples = new ArrayList<>();
    for (Host host : hosts) {
      Host.Capacity capacity = host.capacity();
      Uptime uptime = uptimes.get(host.name());
      if (capacity.equals(Host.Capacity.UNKNOWN) && uptime == null) {
        continue;
      }
      samples.add(
          new NodeSample(
              round.at(),
              host.name(),
              seconds,
              null,
              capacity.cores(),
              uptime == null ? null : uptime.load1(),
              uptime == null ? null : uptime.load5(),
              uptime == null ? null : uptime.load15(),
              null,
              null,
              capacity.memoryBytes(),
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              null,
              uptime == null ? null : uptime.seconds(),
              capacity.coresAllocated(),
              capacity.memoryAllocatedBytes()));
    }
    return samples;
  }

  static Sample cluster(String region, List<NodeState> nodes, Instant tick) {
    int online = (int) nodes.stream().filter(SampleMaker::isOnline).count();
    return new ClusterSample(tick, region, null, nodes.size(), online, null, null, null);
  }

  static boolean isOnline(NodeState node) {
    return node.status() == NodeStatus.ONLINE || node.status() == NodeStatus.MAINTENANCE;
  }

  /**
   * @param volumes what is attached to it; null = not known
   */
  VmSample measured(Instance instance, Usage usage, @Nullable Long volumes, Instant tick) {
    Rates.Rate rate = rates.of(instance, usage);
    Long total = usage.memoryTotalBytes();
    return new VmSample(
        tick,
        instance.vmId(),
        rate.seconds(),
        rate.cpuRatio(),
        cores(instance, usage),
        usage.memoryUsedBytes(),
        total == null ? instance.memoryBytes() : total,
        usage.memoryUsedBytes() == null ? null : MemorySource.DIAGNOSTICS,
        usage.hostMemoryBytes(),
        null,
        disk(instance, volumes),
        rate.read(),
        rate.written(),
        rate.received(),
        rate.transmitted(),
        null);
  }

  /** Of one whose use nobody tells: its size. */
  static VmSample sized(Instance instance, @Nullable Long volumes, Instant tick) {
    return new VmSample(
        tick,
        instance.vmId(),
        null,
        null,
        cores(instance, null),
        null,
        instance.memoryBytes(),
        null,
        null,
        null,
        disk(instance, volumes),
        null,
        null,
        null,
        null,
        null);
  }

  private static @Nullable Double cores(Instance instance, @Nullable Usage usage) {
    Integer cores = usage == null || usage.cores() == null ? instance.vcpus() : usage.cores();
    return cores == null ? null : Double.valueOf(cores);
  }

  private static @Nullable Long disk(Instance instance, @Nullable Long volumes) {
    Long own = instance.flavorDiskBytes();
    return own == null || volumes == null ? null : Long.valueOf(own + volumes);
  }
}
