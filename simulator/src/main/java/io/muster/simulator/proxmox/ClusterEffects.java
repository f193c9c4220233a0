package io.muster.simulator.proxmox;

import io.muster.simulator.proxmox.access.AccessControl;
import io.muster.simulator.proxmox.faults.Effects;
import io.muster.simulator.proxmox.faults.Fault;
import io.muster.simulator.proxmox.faults.FaultOrder;
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
final class ClusterEffects implements Effects {
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
  public void check(Fault.Lasting fault) {
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
  public void happen(Fault.Once fault, FaultOrder order) {
    switch (fault) {
      case Fault.CounterReset(Integer vmid) -> {
        if (vmid == null) {
          order.nodes().forEach(world::resetCounters);
        } else {
          world.resetCounters(vmid);
        }
      }
      case Fault.Certificate(boolean stated) ->
          order.nodes().forEach(node -> certificates.renew(node, stated));
    }
  }

  @Override
  public void hold(List<Held> lasting) {
    Map<String, Long> offsets = new HashMap<>();
    Set<String> expired = new HashSet<>();
    Set<String> kept = null;
    Duration pace = null;
    for (Held held : lasting) {
      switch (held.fault()) {
        case Fault.Skew(long seconds) ->
            held.order().nodes().forEach(node -> offsets.put(node, seconds));
        case Fault.TokenExpired(String token) -> expired.add(idOf(token));
        case Fault.Privileges(Set<String> keep) -> {
          kept = kept == null ? new TreeSet<>(keep) : kept;
          kept.retainAll(keep);
        }
        case Fault.Moving(Duration every) -> pace = every;
      }
    }
    setClocks(offsets);
    access.holdExpired(expired);
    access.holdLimit(accounts.reader().user(), kept);
    if (pace == null ? moving != null : !pace.equals(moving)) {
      moving = pace;
      world.moveAbout(pace);
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
