package io.muster.simulator.kubernetes.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The roles that exist from the start. */
final class Roles {
  private static final Set<String> WATCH = Set.of("get", "list", "watch");
  private static final Set<String> APPS =
      Set.of("deployments", "replicasets", "statefulsets", "daemonsets");

  /** What every authenticated user may do. */
  static final List<Rule> EVERYBODY =
      List.of(
          new Rule(
              Set.of("authorization.k8s.io"),
              Set.of("selfsubjectaccessreviews"),
              Set.of("create")));

  private Roles() {}

  /** The least that an agent needs in one namespace. */
  static List<Rule> namespaceReader() {
    return List.of(
        new Rule(Set.of(""), Set.of("pods", "persistentvolumeclaims"), WATCH),
        new Rule(Set.of("", "events.k8s.io"), Set.of("events"), WATCH),
        new Rule(Set.of("apps"), APPS, WATCH),
        new Rule(Set.of("metrics.k8s.io"), Set.of("pods"), Set.of("get", "list")));
  }

  /** The least that an agent needs: {@code muster-monitor}. */
  static List<Rule> reader() {
    return List.of(
        new Rule(
            Set.of(""), Set.of("nodes", "namespaces", "pods", "persistentvolumeclaims"), WATCH),
        new Rule(Set.of("", "events.k8s.io"), Set.of("events"), WATCH),
        new Rule(Set.of("apps"), APPS, WATCH),
        new Rule(Set.of("metrics.k8s.io"), Set.of("nodes", "pods"), Set.of("get", "list")),
        new Rule(Set.of(""), Set.of("nodes/metrics", "nodes/stats"), Set.of("get")));
  }

  /** The same with {@code muster-operator}. */
  static List<Rule> operator() {
    List<Rule> rules = new ArrayList<>(reader());
    rules.add(new Rule(Set.of("apps"), Set.of("deployments"), Set.of("patch")));
    rules.add(
        new Rule(Set.of("apps"), Set.of("deployments/scale"), Set.of("get", "patch", "update")));
    rules.add(new Rule(Set.of(""), Set.of("pods"), Set.of("delete")));
    rules.add(new Rule(Set.of(""), Set.of("pods/exec"), Set.of("get", "create")));
    rules.add(new Rule(Set.of(""), Set.of("pods/log"), Set.of("get")));
    return rules;
  }
}
