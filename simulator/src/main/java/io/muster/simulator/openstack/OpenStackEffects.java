package io.muster.simulator.openstack;

import io.muster.simulator.faults.Effects;
import io.muster.simulator.faults.Order;
import io.muster.simulator.http.Listener;
import io.muster.simulator.openstack.access.Account;
import io.muster.simulator.openstack.access.Accounts;
import io.muster.simulator.openstack.access.Tokens;
import io.muster.simulator.openstack.api.Conditions;
import io.muster.simulator.openstack.api.Service;
import io.muster.simulator.openstack.faults.OpenStackFault;
import io.muster.simulator.openstack.world.OpenStackWorld;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Carries out what faults do to the cloud itself. */
final class OpenStackEffects implements Effects<OpenStackFault> {
  private final OpenStackWorld world;
  private final Accounts accounts;
  private final Tokens tokens;
  private final Conditions conditions;
  private final Listener listener;
  private Set<String> hung = Set.of();

  OpenStackEffects(
      OpenStackWorld world,
      Accounts accounts,
      Tokens tokens,
      Conditions conditions,
      Listener listener) {
    this.world = world;
    this.accounts = accounts;
    this.tokens = tokens;
    this.conditions = conditions;
    this.listener = listener;
  }

  @Override
  public Nature nature(OpenStackFault fault) {
    return switch (fault) {
      case OpenStackFault.OfRequests _ -> Nature.OF_REQUESTS;
      case OpenStackFault.Lasting _ -> Nature.LASTING;
      case OpenStackFault.TokenExpired _ -> Nature.ONCE;
    };
  }

  @Override
  public void check(OpenStackFault fault) {
    if (fault instanceof OpenStackFault.HungCompute(String host)) {
      world.compute(host);
    }
  }

  @Override
  public void happen(Order<OpenStackFault> order) {
    if (order.fault() instanceof OpenStackFault.TokenExpired(String user)) {
      if (user == null) {
        accounts.all().forEach(tokens::endAll);
        return;
      }
      Account account = accounts.named(user);
      if (account == null) {
        throw new IllegalArgumentException(
            "No user '"
                + user
                + "': choose from "
                + accounts.all().stream().map(Account::name).toList());
      }
      tokens.endAll(account);
    }
  }

  @Override
  public void hold(List<Order<OpenStackFault>> lasting) {
    Held held = new Held();
    for (Order<OpenStackFault> order : lasting) {
      if (order.fault() instanceof OpenStackFault.Lasting fault) {
        held.add(fault);
      }
    }
    conditions.set(held.down, held.missing, held.loginRefused);
    Set<String> before = hung;
    hung = Set.copyOf(held.hosts);
    held.hosts.stream().filter(host -> !before.contains(host)).forEach(world::hang);
    before.stream().filter(host -> !held.hosts.contains(host)).forEach(world::recover);
    world.builds().stick(held.stuck);
    listener.listen(!held.refused);
  }

  /** What several faults come to together. */
  private static final class Held {
    private final Set<Service> down = EnumSet.noneOf(Service.class);
    private final Set<Service> missing = EnumSet.noneOf(Service.class);
    private final Set<String> hosts = new HashSet<>();
    private boolean loginRefused;
    private boolean stuck;
    private boolean refused;

    void add(OpenStackFault.Lasting fault) {
      switch (fault) {
        case OpenStackFault.LoginRefused _ -> loginRefused = true;
        case OpenStackFault.Missing(Service service) -> missing.add(service);
        case OpenStackFault.Down(Service service) -> down.add(service);
        case OpenStackFault.HungCompute(String host) -> hosts.add(host);
        case OpenStackFault.StuckBuild _ -> stuck = true;
        case OpenStackFault.Refused _ -> refused = true;
      }
    }
  }
}
