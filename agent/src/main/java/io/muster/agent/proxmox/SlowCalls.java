package io.muster.agent.proxmox;

import io.muster.protocol.ProxmoxToken;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The slower questions: all that there is to ask, most needed first. */
final class SlowCalls {
  /** What is forbidden or not there yet stays so for a while. */
  static final Duration REFUSED = Duration.ofMinutes(10);

  private final AccessCalls access;
  private final ClusterCalls cluster;
  private final NodeCalls nodes;
  private final BackupCalls backups;
  private final NodeRoutes routes;
  private final SlowFacts facts;
  private final boolean verified;

  SlowCalls(
      ProxmoxToken token,
      Members members,
      NodeRoutes routes,
      SlowFacts facts,
      Watermarks marks,
      boolean verified) {
    this.access = new AccessCalls(token, members, routes, facts);
    this.cluster = new ClusterCalls(members, routes, facts);
    this.nodes = new NodeCalls(facts, marks);
    this.backups = new BackupCalls(members, routes, facts);
    this.routes = routes;
    this.facts = facts;
    this.verified = verified;
  }

  AccessCalls access() {
    return access;
  }

  ClusterCalls cluster() {
    return cluster;
  }

  /** All there is to ask of this cluster now, most needed first. */
  List<SlowCall> list(Resources resources, Instant now) {
    List<SlowCall> calls = new ArrayList<>();
    calls.add(cluster.status());
    if (verified) {
      calls.add(access.fingerprints());
    }
    calls.add(access.privileges());
    calls.add(access.version());
    List<String> online = online(resources, now);
    online.forEach(node -> calls.add(nodes.status(node, routes.nearest(node, now))));
    calls.add(cluster.ha());
    calls.add(cluster.tasks(resources));
    calls.add(cluster.ceph());
    calls.add(access.tokenExpiry());
    online.stream()
        .filter(node -> hasRunningVm(resources, node))
        .forEach(node -> calls.add(nodes.balloons(node, routes.nearest(node, now))));
    if (facts.release != null && facts.release.atLeast(9, 0, 0)) {
      online.forEach(node -> calls.add(nodes.pressure(node, routes.nearest(node, now))));
    }
    calls.addAll(backups.backups(resources, online, now));
    calls.add(backups.jobs(resources));
    return calls;
  }

  /** Those worth asking: not the ones that hung lately. */
  private List<String> online(Resources resources, Instant now) {
    return resources.onlineNodes().stream()
        .filter(node -> routes.resting(node, now) == null)
        .toList();
  }

  static boolean hasRunningVm(Resources resources, String node) {
    return resources.guests().stream()
        .anyMatch(guest ->
            guest.node().equals(node)
                && guest.id().startsWith("qemu/")
                && guest.measures().get(Metric.UPTIME) > 0);
  }

  static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
