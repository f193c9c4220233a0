package io.muster.simulator.kubernetes;

import io.muster.simulator.control.Arguments;
import io.muster.simulator.control.Verb;
import io.muster.simulator.kubernetes.world.KubernetesWorld;
import io.muster.simulator.kubernetes.world.KubernetesWorld.PodDeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What can be done to a simulated cluster through the control endpoint. */
public final class KubernetesVerbs {
  /** Enough for a minute of any churn. */
  private static final int MOST_CHANGES = 100_000;

  private static final int CHANGES = 1000;

  private KubernetesVerbs() {}

  /** All verbs, each bound to the cluster. */
  public static List<Verb> of(SimulatedKubernetes cluster) {
    KubernetesWorld world = cluster.world();
    List<Verb> verbs = new ArrayList<>(cluster.faults().verbs());
    verbs.addAll(
        List.of(
            new Verb(
                "GET",
                "/control/statistics",
                "calls by path, and the watches that are open",
                arguments -> cluster.statistics()),
            new Verb(
                "GET",
                "/control/changes",
                "the newest writes with their moments, the newest first; ?most=1000",
                arguments -> cluster.changes(most(arguments))),
            Verb.post(
                "/control/compact",
                "forgets what happened so far: watches from older versions get 410",
                arguments -> cluster.compact()),
            Verb.post(
                "/control/nodes/{node}/silence",
                "the node's kubelet is heard no more",
                arguments -> world.silence(arguments.required("node"))),
            Verb.post(
                "/control/nodes/{node}/recover",
                "the node's kubelet is heard again",
                arguments -> world.recover(arguments.required("node")))));
    for (PodDeed deed : PodDeed.values()) {
      String word = deed.name().toLowerCase(Locale.ROOT).replace('_', '-');
      verbs.add(
          Verb.post(
              "/control/pods/{namespace}/{name}/" + word,
              deed.does(),
              arguments ->
                  world.befall(arguments.required("namespace"), arguments.required("name"), deed)));
    }
    return List.copyOf(verbs);
  }

  private static int most(Arguments arguments) {
    Long most = arguments.optionalNumber("most", 1, MOST_CHANGES);
    return most == null ? CHANGES : most.intValue();
  }
}
