package io.muster.agent.kubernetes;

import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Tick;
import io.muster.protocol.KubernetesServer;
import io.muster.protocol.Secret;
import io.muster.protocol.ServerEntry;
import io.muster.protocol.ServerId;
import io.muster.protocol.TlsTrust;
import io.muster.simulator.kubernetes.SimulatedKubernetes;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Servers for tests. */
final class Clusters {
  static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private Clusters() {}

  static ServerEntry entry(@Nullable URI proxy) {
    return new ServerEntry(
        new ServerId(new UUID(3, 4)), "lab", true, null, "direct", List.of(), proxy);
  }

  static KubernetesServer server(
      URI url, String token, String authorityPem, @Nullable String namespace) {
    return new KubernetesServer(
        entry(null),
        new KubernetesServer.Access.Token(url, new Secret(token)),
        namespace,
        new TlsTrust(true, List.of(), authorityPem),
        false);
  }

  static KubernetesProvider provider(KubernetesServer server) {
    return new KubernetesProvider(server, Map.of(), InstantSource.system());
  }

  /** Reads a simulated cluster with the least rights. */
  static KubernetesProvider reader(SimulatedKubernetes cluster) {
    return with(cluster, cluster.readerToken());
  }

  static KubernetesProvider with(SimulatedKubernetes cluster, String token) {
    return provider(server(cluster.url(), token, cluster.authorityPem(), null));
  }

  static Tick tick() {
    long seconds = INTERVAL.toSeconds();
    Instant at =
        Instant.ofEpochSecond(Math.floorDiv(Instant.now().getEpochSecond(), seconds) * seconds);
    return new Tick(at, INTERVAL, Deadline.after(PATIENCE));
  }

  static void until(String what, BooleanSupplier isSo) throws InterruptedException {
    Deadline deadline = Deadline.after(PATIENCE);
    while (!isSo.getAsBoolean()) {
      if (deadline.passed()) {
        throw new AssertionError("not so within " + PATIENCE + ": " + what);
      }
      Thread.sleep(20);
    }
  }
}
