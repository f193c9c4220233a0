package io.muster.simulator;

import io.muster.simulator.control.ControlServer;
import io.muster.simulator.faults.Order;
import io.muster.simulator.openstack.OpenStackEndpoints;
import io.muster.simulator.openstack.OpenStackSettings;
import io.muster.simulator.openstack.OpenStackVerbs;
import io.muster.simulator.openstack.SimulatedOpenStack;
import io.muster.simulator.openstack.faults.OpenStackFault;
import io.muster.simulator.openstack.faults.OpenStackFaults;
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

/** {@code openstack}: runs a simulated OpenStack cloud until it is told to end. */
@Command(
    name = "openstack",
    description = "An OpenStack cloud: Keystone, Nova, Placement, Glance, Cinder, Neutron.",
    showDefaultValues = true,
    modelTransformer = FaultHelp.OfOpenStack.class)
final class OpenStackCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(OpenStackCommand.class);

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--help", usageHelp = true, description = "Shows this.")
  private boolean unusedHelp;

  @Option(names = "--hosts", description = "Number of compute hosts.")
  private int hosts = 6;

  @Option(names = "--instances", description = "Number of machines, in all.")
  private int instances = 60;

  @Option(names = "--projects", description = "Number of projects beside the administrator's.")
  private int projects = 4;

  @Option(names = "--region", description = "What the catalog says.")
  private String region = "RegionOne";

  @Option(
      names = "--microversion",
      paramLabel = "<minor>",
      description = "Nova's newest microversion: 53 for 2.53.")
  private int microversion = 93;

  @Option(names = "--port", description = "Port of all services; 0 takes a free one.")
  private int port;

  @Option(names = "--data", description = "Folder that keeps certificates and passwords.")
  private Path data = Path.of(".muster", "simulator-openstack");

  @Option(
      names = "--control-port",
      description = "Port of the control endpoint; 0 takes a free one.")
  private int controlPort;

  @Option(
      names = "--endpoints-file",
      description = "Where URL and passwords are written once all is ready (default: in --data).")
  private @Nullable Path endpointsFile;

  @Option(names = "--token-seconds", description = "How long a token is good for.")
  private int tokenSeconds = 3600;

  @Option(
      names = "--service-down-seconds",
      description = "How long a silent nova-compute is believed to be up.")
  private int serviceDownSeconds = 60;

  @Option(names = "--rpc-timeout-seconds", description = "How long Nova waits for a nova-compute.")
  private int rpcTimeoutSeconds = 60;

  @Option(names = "--seed", description = "The same seed gives the same cloud.")
  private long seed = 1;

  @Option(
      names = "--churn",
      paramLabel = "<machines per minute>",
      description = "So many machines a minute are stopped, started or rebooted by somebody.")
  private int churn;

  @Option(
      names = "--troubles",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Some machines are broken, locked or stuck from the start.")
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
    OpenStackSettings settings = settings();
    List<Order<OpenStackFault>> orders = faults.stream().map(this::fault).toList();
    try (Lifetime lifetime = Lifetime.begin();
        SimulatedOpenStack cloud = SimulatedOpenStack.start(settings);
        ControlServer control = ControlServer.start(controlPort, OpenStackVerbs.of(cloud))) {
      orders.forEach(cloud.faults()::add);
      Path file = endpointsFile == null ? data.resolve("endpoints.json") : endpointsFile;
      OpenStackEndpoints.write(file, data, cloud, control.url());
      LOG.info(
          "{} hosts and {} machines, ready after {} ms; {}",
          hosts,
          instances,
          Duration.between(begun, Instant.now()).toMillis(),
          Footprint.now());
      say("ready " + file);
      lifetime.awaitEnd();
    }
    return 0;
  }

  private OpenStackSettings settings() {
    try {
      return OpenStackSettings.real(hosts, instances)
          .projects(projects)
          .troubles(troubles)
          .region(region)
          .computeMicroversion(microversion)
          .port(port)
          .dataFolder(data)
          .tokenLifetime(Duration.ofSeconds(tokenSeconds))
          .serviceDown(Duration.ofSeconds(serviceDownSeconds))
          .rpcTimeout(Duration.ofSeconds(rpcTimeoutSeconds))
          .seed(seed)
          .churnPerMinute(churn)
          .build();
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private Order<OpenStackFault> fault(String text) {
    try {
      return OpenStackFaults.parse(text);
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
