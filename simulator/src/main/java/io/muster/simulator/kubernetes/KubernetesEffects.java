package io.muster.simulator.kubernetes;

import io.muster.simulator.faults.Effects;
import io.muster.simulator.faults.Order;
import io.muster.simulator.http.Listener;
import io.muster.simulator.kubernetes.access.Accounts;
import io.muster.simulator.kubernetes.access.Accounts.Role;
import io.muster.simulator.kubernetes.access.Rule;
import io.muster.simulator.kubernetes.api.ApiServer;
import io.muster.simulator.kubernetes.faults.KubernetesFault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Carries out what faults do to the cluster itself. */
final class KubernetesEffects implements Effects<KubernetesFault> {
  private final Accounts accounts;
  private final ApiServer api;
  private final Authority authority;
  private final ClusterClock clock;
  private final Listener listener;

  KubernetesEffects(
      Accounts accounts,
      ApiServer api,
      Authority authority,
      ClusterClock clock,
      Listener listener) {
    this.accounts = accounts;
    this.api = api;
    this.authority = authority;
    this.clock = clock;
    this.listener = listener;
  }

  @Override
  public Nature nature(KubernetesFault fault) {
    return switch (fault) {
      case KubernetesFault.OfRequests _ -> Nature.OF_REQUESTS;
      case KubernetesFault.Lasting _ -> Nature.LASTING;
      case KubernetesFault.WatchCut(boolean _, boolean lasts) ->
          lasts ? Nature.OF_REQUESTS : Nature.ONCE;
    };
  }

  @Override
  public void check(KubernetesFault fault) {}

  @Override
  public void happen(Order<KubernetesFault> order) {}

  @Override
  public void hold(List<Order<KubernetesFault>> lasting) {
    Held held = new Held();
    for (Order<KubernetesFault> order : lasting) {
      if (order.fault() instanceof KubernetesFault.Lasting fault) {
        held.add(fault);
      }
    }
    accounts.forbid(held.forbidden);
    accounts.expire(held.expired);
    api.metricsFail(held.metrics);
    clock.ahead(held.offset);
    authority.pretend(held.wrongCertificate);
    listener.listen(!held.refused);
  }

  /** What several faults come to together. */
  private static final class Held {
    private final List<Rule> forbidden = new ArrayList<>();
    private final Set<Role> expired = EnumSet.noneOf(Role.class);
    private KubernetesFault.Metrics.@Nullable Failure metrics;
    private long offset;
    private boolean refused;
    private boolean wrongCertificate;

    void add(KubernetesFault.Lasting fault) {
      switch (fault) {
        case KubernetesFault.Forbidden(Rule right) -> forbidden.add(right);
        case KubernetesFault.Metrics(KubernetesFault.Metrics.Failure how) -> metrics = how;
        case KubernetesFault.TokenExpired(Role role) -> expired.add(role);
        case KubernetesFault.Skew(long seconds) -> offset = seconds;
        case KubernetesFault.Refused _ -> refused = true;
        case KubernetesFault.Certificate _ -> wrongCertificate = true;
      }
    }
  }
}
