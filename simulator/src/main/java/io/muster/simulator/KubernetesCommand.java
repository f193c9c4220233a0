package io.muster.simulator;

import io.muster.simulator.control.ControlServer;
import io.muster.simulator.faults.Order;
import io.muster.simulator.kubernetes.KubernetesEndpoints;
import io.muster.simulator.kubernetes.KubernetesSettings;
import io.muster.simulator.kubernetes.KubernetesVerbs;
import io.muster.simulator.kubernetes.SimulatedKubernetes;
import io.muster.simulator.kubernetes.faults.KubernetesFault;
import io.muster.simulator.kubernetes.faults.KubernetesFaults;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kubernetes}: runs a simulated Kubernetes cluster until it is told to end. */
@Command(
    name = "kubernetes",
    description = "A Kubernetes cluster: API server, controllers and kubelets.",
    showDefaultValues = true,
    modelTransformer = FaultHelp.OfKubernetes.class)
final class KubernetesCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesCommand.class);

  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final FaultOption faults = new FaultOption();

  @Option(names = "--help", usageHelp = true, description = "Shows this.")
  private boolean unusedHelp;

  @Option(names = "--version", description = "What the API server says it is.")
  private String version = "1.36.2";

  @Option(names = "--nodes", description = "Number of nodes.")
  private int nodes = 5;

  @Option(names = "--pods", description = "Number of pods, in all.")
  private int pods = 100;

  @Option(names = "--deployments", description = "Number of deployments; a tenth of the pods.")
  private @Nullable Integer deployments;

  @Option(names = "--namespaces", description = "Number of namespaces beside the system's.")
  private int namespaces = 4;

  @Option(names = "--port", description = "Port of the API server; 0 takes a free one.")
  private int port;

  @Option(names = "--data", description = "Folder that keeps certificates and tokens.")
  private Path data = Path.of(".muster", "simulator-kubernetes");

  @Option(
      names = "--metrics-seconds",
      description = "How often metrics-server measures, and over how long.")
  private int metricsSeconds = 15;

  @Option(names = "--seed", description = "The same seed gives the same cluster.")
  private long seed = 1;

  @Option(
      names = "--churn",
      paramLabel = "<pods per minute>",
      description = "So many pods a minute end and are followed by others.")
  private int churn;

  @Option(
      names = "--troubles",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Some pods crash, wait or failed from the start.")
  private boolean troubles = true;

  @Override
  public Integer call() throws Exception {
    Instant begun = Instant.now();
    KubernetesSettings settings = run.checked(this::settings);
    List<Order<KubernetesFault>> orders = faults.read(KubernetesFaults::parse);
    try (Lifetime lifetime = Lifetime.begin();
        SimulatedKubernetes cluster = SimulatedKubernetes.start(settings);
        ControlServer control = run.control(KubernetesVerbs.of(cluster))) {
      orders.forEach(cluster.faults()::add);
      Path file = run.endpoints(data);
      KubernetesEndpoints.write(file, data, cluster, control.url());
      LOG.info(
          "{} nodes and {} pods, ready after {} ms; {}",
          nodes,
          pods,
          Duration.between(begun, Instant.now()).toMillis(),
          Footprint.now());
      run.ready(file);
      lifetime.awaitEnd();
    }
    return 0;
  }

  private KubernetesSettings settings() {
    KubernetesSettings.Builder builder =
        KubernetesSettings.real(nodes, pods)
            .namespaces(namespaces)
            .troubles(troubles)
            .version(version)
            .port(port)
            .dataFolder(data)
            .metricsPeriod(Duration.ofSeconds(metricsSeconds))
            .seed(seed)
            .churnPerMinute(churn);
    if (deployments != null) {
      builder.deployments(deployments);
    }
    return builder.build();
  }
}
