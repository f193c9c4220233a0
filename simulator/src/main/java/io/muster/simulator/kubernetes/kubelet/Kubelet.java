package io.muster.simulator.kubernetes.kubelet;

import io.muster.simulator.http.Answer;
import io.muster.simulator.http.Exchange;
import io.muster.simulator.http.Handler;
import io.muster.simulator.http.Request;
import io.muster.simulator.kubernetes.access.Account;
import io.muster.simulator.kubernetes.access.Accounts;
import io.muster.simulator.kubernetes.access.Deed;
import io.muster.simulator.kubernetes.model.Node;
import io.muster.simulator.kubernetes.model.Pod;
import io.muster.simulator.kubernetes.world.KubernetesWorld;
import io.muster.simulator.kubernetes.world.Usage;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The port of one node: {@code /metrics/resource} and {@code /stats/summary}. */
final class Kubelet implements Handler {
  /** Which right a path needs. */
  private static final Map<String, String> SUBRESOURCES =
      Map.of("/metrics/resource", "metrics", "/stats/summary", "stats");

  private final String name;
  private final KubernetesWorld world;
  private final Accounts accounts;
  private final Usage usage;
  private final InstantSource clock;

  Kubelet(String name, KubernetesWorld world, Accounts accounts, Usage usage, InstantSource clock) {
    this.name = name;
    this.world = world;
    this.accounts = accounts;
    this.usage = usage;
    this.clock = clock;
  }

  @Override
  public void handle(Request request, Exchange exchange) throws IOException {
    if (world.isSilent(name)) {
      exchange.gone().join();
      return;
    }
    exchange.answer(answer(request));
  }

  private Answer answer(Request request) {
    String subresource = SUBRESOURCES.get(request.path());
    Account account = accounts.of(request.bearer());
    if (account == null || request.bearer() == null) {
      return Answer.text(401, "Unauthorized");
    }
    if (subresource == null) {
      return Answer.text(404, "404 page not found\n");
    }
    if (!accounts.may(account, new Deed("get", "", "nodes", subresource, "", name))) {
      return Answer.text(
          403,
          "Forbidden (user=%s, verb=get, resource=nodes, subresource(s)=[%s])"
              .formatted(account.user(), subresource));
    }
    Node node = world.stores().nodes().get("", name);
    if (node == null) {
      return Answer.text(503, "no node");
    }
    List<Pod> pods =
        world.stores().pods().all(null).stream()
            .filter(pod -> pod.node().equals(name) && pod.phase().equals(Pod.RUNNING))
            .toList();
    Instant now = clock.instant();
    return subresource.equals("metrics")
        ? new Answer(
            200,
            "text/plain; version=0.0.4; charset=utf-8",
            Map.of(),
            new ResourceMetrics(usage, now).of(node, pods))
        : Answer.json(200, new StatsSummary(usage, now).of(node, pods).toString());
  }
}
