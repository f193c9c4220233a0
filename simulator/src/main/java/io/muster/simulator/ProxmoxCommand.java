package io.muster.simulator;

import io.muster.simulator.control.Arguments;
import io.muster.simulator.control.ControlServer;
import io.muster.simulator.faults.Order;
import io.muster.simulator.proxmox.ClusterPlan;
import io.muster.simulator.proxmox.ClusterPlan.Share;
import io.muster.simulator.proxmox.EndpointsFile;
import io.muster.simulator.proxmox.ProxmoxSettings;
import io.muster.simulator.proxmox.SimulatedClusters;
import io.muster.simulator.proxmox.SimulatedProxmox;
import io.muster.simulator.proxmox.faults.Fault;
import io.muster.simulator.proxmox.faults.FaultOrder;
import io.muster.simulator.proxmox.http.HttpSettings;
import io.muster.simulator.tls.KeyKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code proxmox}: runs a simulated Proxmox VE cluster until it is told to end. */
@Command(
    name = "proxmox",
    description = "Proxmox VE clusters, one address a node.",
    showDefaultValues = true,
    modelTransformer = FaultHelp.OfProxmox.class)
final class ProxmoxCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(ProxmoxCommand.class);

  /** Values are believed for 300 s; with a longer pause they would be gone between two samples. */
  private static final int LONGEST_SAMPLE_SECONDS = 300;

  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final FaultOption faults = new FaultOption();

  @Option(names = "--help", usageHelp = true, description = "Shows this.")
  private boolean unusedHelp;

  @Option(
      names = {"--version", "--release"},
      description = "Proxmox VE release: 8.4 or 9.2.")
  private String release = "9.2";

  @Option(
      names = "--clusters",
      description = "So many clusters in this process, over which nodes and guests are spread.")
  private int clusters = 1;

  @Option(names = "--nodes", description = "Number of members, of all clusters.")
  private int nodes = 3;

  @Option(names = "--guests", description = "Number of VMs and containers, of all clusters.")
  private int guests = 24;

  @Option(names = "--port", description = "Port of every node; 0 takes a free one.")
  private int port = 18006;

  @Option(
      names = "--addresses",
      arity = "1..*",
      split = ",",
      description =
          "One loopback address a node; 127.0.10.1, 127.0.10.2 ... unless given. Where the system"
              + " lacks them, all nodes share 127.0.0.1.")
  private List<String> addresses = List.of();

  @Option(
      names = "--life",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Backups and restarts by themselves.")
  private boolean life = true;

  @Option(names = "--data", description = "Folder that keeps certificates and tokens.")
  private Path data = Path.of(".muster", "simulator");

  @Option(names = "--keys", description = "Kind of the TLS keys: ${COMPLETION-CANDIDATES}.")
  private KeyKind keys = KeyKind.EC_P256;

  @Option(names = "--unauthorized-delay-ms", description = "How late a 401 comes.")
  private long unauthorizedDelayMs = 3000;

  @Option(
      names = "--boot-seconds",
      description = "How long a node takes from being switched on to its first answer.")
  private long bootSeconds = 30;

  @Option(
      names = "--sample-seconds",
      paramLabel = "<seconds>",
      description =
          "How often the status daemons measure, 1 to 300; the export keeps 181 of their samples.")
  private int sampleSeconds = 10;

  @Option(
      names = "--peer-timeout-ms",
      description = "How long a node waits for another one before it answers 596.")
  private long peerTimeoutMs = 30_000;

  @Option(
      names = "--random-key-order",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Keys of JSON objects in another order each time.")
  private boolean randomKeyOrder = true;

  @Option(
      names = "--old-error-texts",
      description = "Errors as before 2025: no JSON message, and a 401 says what was wrong.")
  private boolean oldErrorTexts;

  @Override
  public Integer call() throws Exception {
    Instant begun = Instant.now();
    List<Share> shares = shares();
    List<ProxmoxSettings> settings = shares.stream().map(this::settings).toList();
    List<List<Order<Fault>>> orders = faults(settings);
    try (Lifetime lifetime = Lifetime.begin();
        SimulatedClusters all = SimulatedClusters.start(settings);
        ControlServer control = run.control(all.verbs())) {
      List<Map<String, Object>> described = new ArrayList<>();
      for (int i = 0; i < shares.size(); i++) {
        SimulatedProxmox cluster = all.all().get(i);
        orders.get(i).forEach(cluster.faults()::add);
        described.add(
            EndpointsFile.describe(shares.get(i).data(), cluster, control.url(all.base(i))));
      }
      Path file = run.endpoints(data);
      EndpointsFile.write(file, described);
      LOG.info(
          "{} nodes and {} guests in {} clusters, ready after {} ms; {}",
          nodes,
          guests,
          clusters,
          Duration.between(begun, Instant.now()).toMillis(),
          Footprint.now());
      run.ready(file);
      lifetime.awaitEnd();
    }
    return 0;
  }

  private List<Share> shares() {
    return run.checked(() -> {
      require("--sample-seconds", sampleSeconds, 1, LONGEST_SAMPLE_SECONDS);
      return new ClusterPlan(clusters, nodes, guests, addresses, port, data).shares();
    });
  }

  private ProxmoxSettings settings(Share share) {
    HttpSettings http =
        HttpSettings.real()
            .withUnauthorizedDelay(Duration.ofMillis(unauthorizedDelayMs))
            .withPeerTimeout(Duration.ofMillis(peerTimeoutMs))
            .withRandomKeyOrder(randomKeyOrder)
            .withErrorTexts(!oldErrorTexts);
    return ProxmoxSettings.real(release, share.nodes())
        .guests(share.guests())
        .life(life)
        .addresses(share.addresses())
        .port(share.port())
        .keys(keys)
        .dataFolder(share.data())
        .http(http)
        .detailedUnauthorizedTexts(oldErrorTexts)
        .tune(world ->
            world
                .clusterName(share.clusterName())
                .seed(share.seed())
                .bootTime(Duration.ofSeconds(bootSeconds))
                .samplePeriod(Duration.ofSeconds(sampleSeconds)))
        .build();
  }

  /** What is to go wrong in each cluster: all of it, unless it names one with {@code cluster=}. */
  private List<List<Order<Fault>>> faults(List<ProxmoxSettings> settings) {
    List<List<Order<Fault>>> orders = new ArrayList<>();
    for (int i = 1; i <= settings.size(); i++) {
      int number = i;
      List<String> members = settings.get(i - 1).nodes();
      orders.add(
          faults.read(text -> fault(text, number, settings.size(), members)).stream()
              .flatMap(Optional::stream)
              .toList());
    }
    return orders;
  }

  private static Optional<Order<Fault>> fault(
      String text, int cluster, int clusters, List<String> members) {
    Arguments arguments = Order.arguments(text);
    Long only = arguments.optionalNumber("cluster", 1, clusters);
    return only == null || only == cluster
        ? Optional.of(FaultOrder.of(arguments.without("cluster"), members))
        : Optional.empty();
  }

  private static void require(String option, long value, long lowest, long highest) {
    if (value < lowest || value > highest) {
      throw new IllegalArgumentException(
          "%s is a whole number from %d to %d, not %d".formatted(option, lowest, highest, value));
    }
  }
}
