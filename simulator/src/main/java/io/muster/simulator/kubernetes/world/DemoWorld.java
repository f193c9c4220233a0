package io.muster.simulator.kubernetes.world;

import io.muster.simulator.chance.Noise;
import io.muster.simulator.kubernetes.model.Claim;
import io.muster.simulator.kubernetes.model.ContainerState;
import io.muster.simulator.kubernetes.model.ContainerState.Running;
import io.muster.simulator.kubernetes.model.ContainerState.Terminated;
import io.muster.simulator.kubernetes.model.Deployment;
import io.muster.simulator.kubernetes.model.Meta;
import io.muster.simulator.kubernetes.model.Namespace;
import io.muster.simulator.kubernetes.model.Node;
import io.muster.simulator.kubernetes.model.OtherOwner;
import io.muster.simulator.kubernetes.model.Pod;
import io.muster.simulator.kubernetes.model.PodTemplate;
import io.muster.simulator.kubernetes.model.ReplicaSet;
import io.muster.simulator.kubernetes.store.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Fills an empty cluster as if it had run for weeks. */
public final class DemoWorld {
  private static final String SYSTEM = "kube-system";
  private static final String APP = "app";
  private static final long GIB = 1L << 30;

  /** Below that many pods a node, agents of nodes would be most of them. */
  private static final int PODS_FOR_DAEMONS = 3;

  /** One StatefulSet of three for so many pods, and one Job for so many. */
  private static final int PODS_PER_SET = 60;

  private static final int PODS_PER_JOB = 40;

  private final Stores stores;
  private final WorldSettings settings;
  private final Names names;
  private final Instant now;
  private int placed;

  DemoWorld(Stores stores, WorldSettings settings, Names names) {
    this.stores = stores;
    this.settings = settings;
    this.names = names;
    this.now = settings.clock().instant();
  }

  /**
   * Fills it.
   *
   * @param kubelets the addresses of the nodes' kubelets
   */
  void fill(Kubelets kubelets) {
    stores.revisions().lock().lock();
    try {
      namespaces();
      nodes(kubelets);
      int left = settings.pods();
      left -= daemons(left);
      left -= statefulSets(left / PODS_PER_SET);
      left -= jobs(left / PODS_PER_JOB);
      deployments(left);
    } finally {
      stores.revisions().lock().unlock();
    }
  }

  /** Where a node's kubelet is. */
  public interface Kubelets {
    Address of(int node);

    record Address(String host, int port) {}
  }

  /** A moment in the last days, the same for the same thing. */
  private Instant ago(int days, String thing) {
    double part = 0.1 + 0.9 * Noise.unit(settings.seed(), Noise.of(thing), 31);
    return now.minusSeconds((long) (Duration.ofDays(days).toSeconds() * part));
  }

  private void namespaces() {
    for (String name : new String[] {"default", SYSTEM}) {
      namespace(name);
    }
    for (int i = 0; i < settings.namespaces(); i++) {
      namespace(Blueprints.namespace(i));
    }
  }

  private void namespace(String name) {
    Map<String, String> labels = Map.of("kubernetes.io/metadata.name", name);
    stores.namespaces().add(new Namespace(Meta.of("", name, names.uid(), ago(90, name), labels)));
  }

  private void nodes(Kubelets kubelets) {
    for (int i = 1; i <= settings.nodes(); i++) {
      String name = "node-" + i;
      Map<String, String> labels = new TreeMap<>();
      labels.put("kubernetes.io/hostname", name);
      labels.put("kubernetes.io/os", "linux");
      labels.put("kubernetes.io/arch", "amd64");
      labels.put("topology.kubernetes.io/zone", "zone-" + (char) ('a' + i % 3));
      labels.put(
          i == 1 ? "node-role.kubernetes.io/control-plane" : "node-role.kubernetes.io/worker", "");
      Kubelets.Address kubelet = kubelets.of(i);
      Instant created = ago(90, name);
      stores
          .nodes()
          .add(
              new Node(
                  Meta.of("", name, names.uid(), created, Map.copyOf(labels)),
                  kubelet.host(),
                  kubelet.port(),
                  8 << (i % 3),
                  (32L << (i % 3)) * GIB,
                  200 * GIB,
                  Math.max(110, 2 * settings.pods() / settings.nodes()),
                  false,
                  Map.of(),
                  now,
                  false,
                  created));
    }
  }

  private int daemons(int left) {
    int nodes = settings.nodes();
    if (left < nodes * PODS_FOR_DAEMONS) {
      return 0;
    }
    OtherOwner daemons = owner("DaemonSet", SYSTEM, "kube-proxy", nodes, 4);
    for (int i = 1; i <= nodes; i++) {
      Pod pod = running(daemons.meta(), "apps/v1", daemons, names.letters(5), "node-" + i);
      stores.pods().add(pod);
    }
    stores.daemonSets().add(daemons);
    return nodes;
  }

  private int statefulSets(int sets) {
    for (int i = 0; i < sets; i++) {
      String namespace = Blueprints.namespace(i % settings.namespaces());
      OtherOwner set =
          owner("StatefulSet", namespace, "db-" + (1 + i / settings.namespaces()), 3, i);
      for (int ordinal = 0; ordinal < 3; ordinal++) {
        stores.pods().add(running(set.meta(), "apps/v1", set, String.valueOf(ordinal), node()));
        stores.claims().add(claim(set, ordinal));
      }
      stores.statefulSets().add(set);
    }
    return 3 * sets;
  }

  private Claim claim(OtherOwner set, int ordinal) {
    Meta of = set.meta();
    return new Claim(
        Meta.of(
            of.namespace(),
            "data-" + of.name() + "-" + ordinal,
            names.uid(),
            of.created(),
            of.labels()),
        20 * GIB,
        "standard");
  }

  private int jobs(int jobs) {
    for (int i = 0; i < jobs; i++) {
      String namespace = Blueprints.namespace(i % settings.namespaces());
      Instant created = now.minus(Duration.ofMinutes(20L + 60L * i));
      Instant finished = created.plusSeconds(90 + 10L * (i % 30));
      boolean failed = settings.troubles() && i % 10 == 9;
      String name = "nightly-" + (created.getEpochSecond() / 60);
      OtherOwner job =
          owner("Job", namespace, name + "-" + i, 1, i).finished(failed ? 0 : 1, finished);
      stores.pods().add(finished(job, created, finished, failed));
      stores.jobs().add(job.withMeta(created(job.meta(), created)));
    }
    return jobs;
  }

  private static Meta created(Meta meta, Instant at) {
    return new Meta(
        meta.namespace(),
        meta.name(),
        meta.uid(),
        0,
        at,
        null,
        meta.generation(),
        meta.labels(),
        meta.annotations(),
        meta.owner());
  }

  private Pod finished(OtherOwner job, Instant created, Instant finished, boolean failed) {
    Terminated end =
        failed
            ? new Terminated("Error", 1, created.plusSeconds(3), finished)
            : new Terminated("Completed", 0, created.plusSeconds(3), finished);
    return pod(job.meta(), "batch/v1", "Job", job.template(), names.letters(5), created)
        .onNode(node(), created.plusSeconds(1))
        .in(failed ? Pod.FAILED : Pod.SUCCEEDED, end);
  }

  private OtherOwner owner(String kind, String namespace, String name, int wished, int size) {
    Map<String, String> labels = Map.of(APP, name);
    Meta meta =
        Meta.of(namespace, name, names.uid(), ago(60, namespace + name), labels).withGeneration(1);
    String restart = kind.equals("Job") ? "Never" : "Always";
    PodTemplate template = Blueprints.template(name, labels, size, restart);
    return new OtherOwner(meta, kind, labels, template, wished, wished, null);
  }

  private Pod running(Meta owner, String apiVersion, OtherOwner set, String suffix, String node) {
    Instant created = ago(20, owner.name() + suffix).plusSeconds(1);
    return pod(owner, apiVersion, set.kind(), set.template(), suffix, created)
        .onNode(node, created.plusSeconds(1))
        .in(Pod.RUNNING, new Running(created.plusSeconds(3), true));
  }

  private Pod pod(
      Meta owner,
      String apiVersion,
      String kind,
      PodTemplate template,
      String suffix,
      Instant created) {
    Meta meta =
        Meta.of(
                owner.namespace(),
                owner.name() + "-" + suffix,
                names.uid(),
                created,
                template.labels())
            .withOwner(new Meta.Owner(apiVersion, kind, owner.name(), owner.uid()));
    return new Pod(
        meta, template, "", Pod.PENDING, new ContainerState.Waiting("", ""), null, 0, null, "", "");
  }

  /** Nodes in turn; the first one is for the control plane where there are others. */
  private String node() {
    int workers = Math.max(1, settings.nodes() - 1);
    int first = settings.nodes() > 1 ? 2 : 1;
    return "node-" + (first + placed++ % workers);
  }

  private void deployments(int pods) {
    int count = settings.deployments();
    for (int i = 0; i < count; i++) {
      int replicas = pods / count + (i < pods % count ? 1 : 0);
      deployment(i, replicas);
    }
  }

  private void deployment(int index, int replicas) {
    String namespace = Blueprints.namespace(index % settings.namespaces());
    String name = Blueprints.app(index / settings.namespaces());
    Map<String, String> selector = Map.of(APP, name);
    Instant created = ago(60, namespace + name);
    PodTemplate template = Blueprints.template(name, selector, index, "Always");
    int revision = 1 + Noise.below(5, settings.seed(), index, 32);
    ReplicaSet set =
        ReplicaSets.of(
            Meta.of(namespace, name, names.uid(), created, selector).withGeneration(revision),
            template,
            revision,
            names.uid(),
            created);
    Meta.Owner owner = set.meta().owner();
    Meta meta =
        Meta.of(namespace, name, owner == null ? names.uid() : owner.uid(), created, selector)
            .withGeneration(revision);
    @Nullable Trouble trouble = settings.troubles() ? Trouble.of(index) : null;
    int bad = 0;
    for (int i = 0; i < replicas; i++) {
      String suffix = names.letters(5);
      Instant since = ago(15, set.meta().name() + suffix);
      Pod pod =
          pod(set.meta(), "apps/v1", "ReplicaSet", set.template(), suffix, since)
              .onNode(node(), since.plusSeconds(1))
              .in(Pod.RUNNING, new Running(since.plusSeconds(3), true));
      if (trouble != null && i == 0) {
        pod = trouble.befall(pod, now);
        bad = 1;
      }
      stores.pods().add(pod);
    }
    int ready = replicas - bad;
    stores.replicaSets().add(set.withWished(replicas).seen(replicas, ready));
    stores
        .deployments()
        .add(
            new Deployment(
                meta,
                selector,
                template,
                replicas,
                false,
                revision,
                new Deployment.Status(
                    revision,
                    replicas,
                    replicas,
                    ready,
                    bad == 0 || ready >= replicas - replicas / 4,
                    "NewReplicaSetAvailable",
                    created,
                    created)));
  }
}
