package io.muster.simulator;

import io.muster.simulator.control.ControlServer;
import io.muster.simulator.kubernetes.KubernetesEndpoints;
import io.muster.simulator.kubernetes.KubernetesSettings;
import io.muster.simulator.kubernetes.KubernetesVerbs;
import io.muster.simulator.kubernetes.SimulatedKubernetes;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
    showDefaultValues = true)
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

  @Override
  public Integer call() throws Exception {
    Instant begun = Instant.now();
    KubernetesSettings settings = settings();
    try (Lifetime lifetime = Lifetime.begin();
        SimulatedKubernetes cluster = SimulatedKubernetes.start(settings);
        ControlServer control = ControlServer.start(controlPort, KubernetesVerbs.of(cluster))) {
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
      throw new ParameterException(
          Objects.requireNonNull(spec, "picocli sets it").commandLine(),
          String.valueOf(e.getMessage()));
    }
  }

  private void say(String line) {
    if (spec != null) {
      PrintWriter out = spec.commandLine().getOut();
      out.println(line);
      out.flush();
    }
  }
}
