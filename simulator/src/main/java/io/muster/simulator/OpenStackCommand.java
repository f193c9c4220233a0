package io.muster.simulator;

import io.muster.simulator.control.ControlServer;
import io.muster.simulator.faults.Order;
import io.muster.simulator.openstack.OpenStackEndpoints;
import io.muster.simulator.openstack.OpenStackSettings;
import io.muster.simulator.openstack.OpenStackVerbs;
import io.muster.simulator.openstack.SimulatedOpenStack;
import io.muster.simulator.openstack.faults.OpenStackFault;
import io.muster.simulator.openstack.faults.OpenStackFaults;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code openstack}: runs a simulated OpenStack cloud until it is told to end. */
@Command(
    name = "openstack",
    description = "An OpenStack cloud: Keystone, Nova, Placement, Glance, Cinder, Neutron.",
    showDefaultValues = true,
    modelTransformer = FaultHelp.OfOpenStack.class)
final class OpenStackCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(OpenStackCommand.class);

  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final FaultOption faults = new FaultOption();

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

  @Override
  public Integer call() throws Exception {
    Instant begun = Instant.now();
    OpenStackSettings settings = run.checked(this::settings);
    List<Order<OpenStackFault>> orders = faults.read(OpenStackFaults::parse);
    try (Lifetime lifetime = Lifetime.begin();
        SimulatedOpenStack cloud = SimulatedOpenStack.start(settings);
        ControlServer control = run.control(OpenStackVerbs.of(cloud))) {
      orders.forEach(cloud.faults()::add);
      Path file = run.endpoints(data);
      OpenStackEndpoints.write(file, data, cloud, control.url());
      LOG.info(
          "{} hosts and {} machines, ready after {} ms; {}",
          hosts,
          instances,
          Duration.between(begun, Instant.now()).toMillis(),
          Footprint.now());
      run.ready(file);
      lifetime.awaitEnd();
    }
    return 0;
  }

  private OpenStackSettings settings() {
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
  }
}
