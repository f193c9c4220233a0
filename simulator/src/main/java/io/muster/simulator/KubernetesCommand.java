package io.muster.simulator;

import io.muster.simulator.control.ControlServer;
import io.muster.simulator.faults.Order;
import io.muster.simulator.kubernetes.KubernetesEndpoints;
import io.muster.simulator.kubernetes.KubernetesSettings;
import io.muster.simulator.kubernetes.KubernetesVerbs;
import io.muster.simulator.kubernetes.SimulatedKubernetes;
import io.muster.simulator.kubernetes.faults.KubernetesFault;
import io.muster.simulator.kubernetes.faults.KubernetesFaults;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kubernetes}: runs a simulated Kubernetes cluster until it is told to end. */
@Command(
    name = "kubernetes",
    description = "A Kubernetes cluster: API server, controllers and kubelets.",
    showDefaultValues = true,
    modelTransformer = FaultHelp.OfKubernetes.class)
final class KubernetesCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(KubernetesCommand.class);

  @Spec private @Nullable CommandSpec spec;

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
      names = "--control-port",
      description = "Port of the control endpoint; 0 takes a free one.")
  private int controlPort;

  @Option(
      names = "--endpoints-file",
      description = "Where URL and tokens are written once all is ready (default: in --data).")
  private @Nullable Path endpointsFile;

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

  @Option(
      names = "--fault",
      paramLabel = "<kind,key=value...>",
      description =
          "A fault that is in from the start; may be given several times. The kinds are below.")
  private List<String> faults = List.of();

  @Override
  public Integer call() throws Exception {
    Instant begun = Instant.now();
    KubernetesSettings settings = settings();
    List<Order<KubernetesFault>> orders = faults.stream().map(this::fault).toList();
    try (Lifetime lifetime = Lifetime.begin();
        SimulatedKubernetes cluster = SimulatedKubernetes.start(settings);
        ControlServer control = ControlServer.start(controlPort, KubernetesVerbs.of(cluster))) {
      orders.forEach(cluster.faults()::add);
      Path file = endpointsFile == null ? data.resolve("endpoints.json") : endpointsFile;
      KubernetesEndpoints.write(file, data, cluster, control.url());
      LOG.info(
          "{} nodes and {} pods, ready after {} ms; {}",
          nodes,
          pods,
          Duration.between(begun, Instant.now()).toMillis(),
          Footprint.now());
      say("ready " + file);
      lifetime.awaitEnd();
    }
    return 0;
  }

  private KubernetesSettings settings() {
    try {
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
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private Order<KubernetesFault> fault(String text) {
    try {
      return KubernetesFaults.parse(text);
    } catch (IllegalArgumentException e) {
      throw wrong("--fault=" + text + ": " + e.getMessage());
    }
  }

  private ParameterException wrong(String text) {
    return new ParameterException(
        Objects.requireNonNull(spec, "picocli sets it").commandLine(), text);
  }

  private void say(String line) {
    if (spec != null) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(line);
      out.flush();
    }
  }
}
