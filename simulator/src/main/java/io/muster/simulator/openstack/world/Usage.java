package io.muster.simulator.openstack.world;

import io.muster.simulator.openstack.model.Flavor;
import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.InstanceState;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What machines take of hosts and of quotas: the sum of their flavors, not what they really use.
 */
public final class Usage {
  private final Collection<Instance> machines;

  /** Of these machines, as they are when it is asked. */
  Usage(Collection<Instance> machines) {
    this.machines = machines;
  }

  /** What is spoken for, by host. */
  public Map<String, HostUsage> byHost() {
    Map<String, HostUsage> usage = new HashMap<>();
    for (Instance machine : machines) {
      InstanceState state = machine.state();
      String host = state.host();
      if (host != null && state.occupiesHost()) {
        usage.merge(host, of(state), HostUsage::plus);
      }
    }
    return usage;
  }

  /** What of a host is spoken for. */
  public HostUsage ofHost(String host) {
    return byHost().getOrDefault(host, HostUsage.NONE);
  }

  /** What a project uses of its quota: all its machines count, wherever they are. */
  public HostUsage ofProject(String project) {
    return ofProject(project, state -> !state.isDeleted());
  }

  /** What a project uses of hosts. */
  public HostUsage placedOfProject(String project) {
    return ofProject(project, InstanceState::occupiesHost);
  }

  private HostUsage ofProject(String project, Predicate<InstanceState> counted) {
    HostUsage usage = HostUsage.NONE;
    for (Instance machine : machines) {
      InstanceState state = machine.state();
      if (machine.spec().project().equals(project) && counted.test(state)) {
        usage = usage.plus(of(state));
      }
    }
    return usage;
  }

  private static HostUsage of(InstanceState state) {
    Flavor flavor = state.flavor();
    return new HostUsage(
        flavor.vcpus(), flavor.ramMb(), flavor.diskGb(), 1, state.task() == null ? 0 : 1);
  }
}
