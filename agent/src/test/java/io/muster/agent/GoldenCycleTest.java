package io.muster.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.agent.kubernetes.KubernetesProvider;
import io.muster.agent.openstack.OpenStackProvider;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Provider;
import io.muster.agent.provider.ProviderException;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.Tick;
import io.muster.agent.proxmox.ProxmoxProvider;
import io.muster.protocol.KubernetesServer;
import io.muster.protocol.OpenStackServer;
import io.muster.protocol.ProxmoxServer;
import io.muster.protocol.ProxmoxToken;
import io.muster.protocol.Secret;
import io.muster.protocol.ServerEntry;
import io.muster.protocol.ServerId;
import io.muster.protocol.TlsTrust;
import io.muster.simulator.kubernetes.KubernetesSettings;
import io.muster.simulator.kubernetes.SimulatedKubernetes;
import io.muster.simulator.openstack.OpenStackSettings;
import io.muster.simulator.openstack.SimulatedOpenStack;
import io.muster.simulator.proxmox.ProxmoxSettings;
import io.muster.simulator.proxmox.SimulatedProxmox;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * One steady cycle of a simulated cluster of each platform, row by row, as it was when it was last
 * looked at by people. {@code -Dmuster.golden=<file>} writes it anew.
 */
final class GoldenCycleTest {
  private static final String GOLDEN = "steady-cycle.txt";
  private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Enough polls for everything of Proxmox's rota to have had its first turn. */
  private static final int POLLS_OF_PROXMOX = 13;

  /** Five minutes: quotas and volumes have their second turn. */
  private static final int POLLS_OF_OPENSTACK = 31;

  /** What was measured is new at the second one. */
  private static final int POLLS_OF_KUBERNETES = 3;

  @Test
  void steadyCycle_givesTheSameRowsAsEver() throws Exception {
    String rows =
        "# Proxmox VE\n"
            + rows(proxmox())
            + "# Kubernetes\n"
            + rows(kubernetes())
            + "# OpenStack\n"
            + rows(openStack());
    String file = System.getProperty("muster.golden", "");
    if (!file.isBlank()) {
      Files.writeString(Path.of(file), rows);
    }
    assumeTrue(file.isBlank(), "not compared: written anew to " + file);

    assertThat(rows.lines()).containsExactlyElementsOf(golden().lines().toList());
  }

  private static Snapshot proxmox() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(START);
    try (SimulatedProxmox cluster =
            SimulatedProxmox.start(
                ProxmoxSettings.forTests("9.2", 2)
                    .guests(6)
                    .clock(now::get)
                    .tune(world -> world.seed(7))
                    .build());
        ProxmoxProvider provider =
            new ProxmoxProvider(
                new ProxmoxServer(
                    entry("site-a"),
                    List.of(cluster.url("pve1")),
                    Map.of(),
                    new ProxmoxToken(
                        cluster.readerToken().id(), new Secret(cluster.readerToken().secret())),
                    null,
                    trust(cluster.authorityPem())),
                Map.of(),
                now::get)) {
      return last(provider, POLLS_OF_PROXMOX, now);
    }
  }

  private static Snapshot kubernetes() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(START);
    try (SimulatedKubernetes cluster =
            SimulatedKubernetes.start(
                KubernetesSettings.forTests(2, 8).clock(now::get).seed(7).build());
        KubernetesProvider provider =
            new KubernetesProvider(
                new KubernetesServer(
                    entry("site-b"),
                    new KubernetesServer.Access.Token(
                        cluster.url(), new Secret(cluster.readerToken())),
                    null,
                    trust(cluster.authorityPem()),
                    false),
                Map.of(),
                now::get)) {
      return last(provider, POLLS_OF_KUBERNETES, now);
    }
  }

  private static Snapshot openStack() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(START);
    try (SimulatedOpenStack cloud =
            SimulatedOpenStack.start(
                OpenStackSettings.forTests(2, 6).projects(1).clock(now::get).seed(7).build());
        OpenStackProvider provider =
            new OpenStackProvider(
                new OpenStackServer(
                    entry("site-c"),
                    cloud.authUrl(),
                    cloud.region(),
                    new OpenStackServer.Credential.Application(
                        cloud.accounts().adminCredential().id(),
                        new Secret(cloud.accounts().adminCredential().secret())),
                    trust(cloud.authorityPem())),
                Map.of(),
                now::get)) {
      return last(provider, POLLS_OF_OPENSTACK, now);
    }
  }

  private static ServerEntry entry(String name) {
    return new ServerEntry(
        new ServerId(new UUID(1, 2)), name, true, null, "direct", List.of(), null);
  }

  private static TlsTrust trust(String authority) {
    return new TlsTrust(true, List.of(), authority);
  }

  private static Snapshot last(Provider provider, int polls, AtomicReference<Instant> now)
      throws ProviderException {
    for (int poll = 1; ; poll++) {
      Snapshot snapshot = provider.poll(new Tick(now.get(), INTERVAL, Deadline.after(PATIENCE)));
      if (poll == polls) {
        return snapshot;
      }
      now.updateAndGet(at -> at.plus(INTERVAL));
    }
  }

  /** One row a line, sorted, without what is unknown. */
  private static String rows(Snapshot snapshot) {
    return Stream.of(
            snapshot.nodes(),
            snapshot.vms(),
            snapshot.samples(),
            snapshot.events(),
            snapshot.gaps())
        .flatMap(List::stream)
        .map(row -> row.toString().replaceAll(", \\w+=null", ""))
        .sorted()
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String golden() throws Exception {
    try (InputStream in =
        Objects.requireNonNull(GoldenCycleTest.class.getResourceAsStream(GOLDEN), GOLDEN)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
