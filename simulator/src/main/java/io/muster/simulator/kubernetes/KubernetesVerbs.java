package io.muster.simulator.kubernetes;

import io.muster.simulator.control.Verb;
import java.util.List;

/** What can be done to a simulated cluster through the control endpoint. */
public final class KubernetesVerbs {
  private KubernetesVerbs() {}

  /** All verbs, each bound to the cluster. */
  public static List<Verb> of(SimulatedKubernetes cluster) {
    return List.of(
        new Verb(
            "GET",
            "/control/statistics",
            "calls by path, and the watches that are open",
            arguments -> cluster.statistics()),
        new Verb(
            "POST",
            "/control/compact",
            "forgets what happened so far: watches from older versions get 410",
            arguments -> {
              cluster.compact();
              return null;
            }));
  }
}
