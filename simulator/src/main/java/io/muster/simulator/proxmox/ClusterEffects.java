package io.muster.simulator.proxmox;

import io.muster.simulator.faults.Effects;
import io.muster.simulator.faults.Order;
import io.muster.simulator.proxmox.access.AccessControl;
import io.muster.simulator.proxmox.faults.Fault;
import io.muster.simulator.proxmox.world.ProxmoxWorld;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Carries out what faults do to the cluster itself. */
final class ClusterEffects implements Effects<Fault> {
  private final ProxmoxWorld world;
  private final AccessControl access;
  private final Accounts accounts;
  private final Certificates certificates;
  private @Nullable Duration moving;

  ClusterEffects(
      ProxmoxWorld world, AccessControl access, Accounts accounts, Certificates certificates) {
    this.world = world;
    this.access = access;
    this.accounts = accounts;
    this.certificates = certificates;
  }

  @Override
  public Nature nature(Fault fault) {
    return switch (fault) {
      case Fault.Once _ -> Nature.ONCE;
      case Fault.Lasting _ -> Nature.LASTING;
      case Fault.OfRequests _ -> Nature.OF_REQUESTS;
    };
  }

  @Override
  public void check(Fault fault) {
    if (fault instanceof Fault.Lasting lasting) {
      checkLasting(lasting);
    }
  }

  private void checkLasting(Fault.Lasting fault) {
    switch (fault) {
      case Fault.TokenExpired(String token) -> access.requireToken(idOf(token));
      case Fault.Privileges(Set<String> keep) -> access.requirePrivileges(keep);
      case Fault.Moving _ -> {
        if (world.nodes().size() < 2) {
          throw new IllegalArgumentException("Guests can't move about on a single node");
        }
      }
      case Fault.Skew _ -> {}
    }
  }

  @Override
  public void happen(Order<Fault> order) {
    if (order.fault() instanceof Fault.Once once) {
      happen(once, order.targets());
    }
  }

  private void happen(Fault.Once fault, Set<String> nodes) {
    switch (fault) {
      case Fault.CounterReset(Integer vmid) -> {
        if (vmid == null) {
          nodes.forEach(world::resetCounters);
        } else {
          world.resetCounters(vmid);
        }
      }
      case Fault.Certificate(boolean stated) ->
          nodes.forEach(node -> certificates.renew(node, stated));
    }
  }

  @Override
  public void hold(List<Order<Fault>> lasting) {
    Held held = new Held();
    for (Order<Fault> order : lasting) {
      if (order.fault() instanceof Fault.Lasting fault) {
        held.add(fault, order.targets());
      }
    }
    setClocks(held.offsets);
    access.holdExpired(held.expired);
    access.holdLimit(accounts.reader().user(), held.kept);
    Duration pace = held.pace;
    if (pace == null ? moving != null : !pace.equals(moving)) {
      moving = pace;
      world.moveAbout(pace);
    }
  }

  /** What several faults come to together. */
  private final class Held {
    private final Map<String, Long> offsets = new HashMap<>();
    private final Set<String> expired = new HashSet<>();
    private @Nullable Set<String> kept;
    private @Nullable Duration pace;

    void add(Fault.Lasting fault, Set<String> nodes) {
      switch (fault) {
        case Fault.Skew(long seconds) -> nodes.forEach(node -> offsets.put(node, seconds));
        case Fault.TokenExpired(String token) -> expired.add(idOf(token));
        case Fault.Privileges(Set<String> keep) -> {
          Set<String> both = kept == null ? new TreeSet<>(keep) : kept;
          both.retainAll(keep);
          kept = both;
        }
        case Fault.Moving(Duration every) -> pace = every;
      }
    }
  }

  private void setClocks(Map<String, Long> offsets) {
    for (String node : world.nodes()) {
      long offset = offsets.getOrDefault(node, 0L);
      if (offset != world.clockOffsetSeconds(node)) {
        world.setClock(node, offset);
      }
    }
  }

  private String idOf(@Nullable String token) {
    return token == null ? accounts.reader().id() : token;
  }
}
