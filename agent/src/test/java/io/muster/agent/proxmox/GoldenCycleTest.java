package io.muster.agent.proxmox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.Tick;
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
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * One steady cycle of a simulated cluster, row by row, as it was when it was last looked at by
 * people. {@code -Dmuster.golden=<file>} writes it anew.
 */
final class GoldenCycleTest {
  private static final String GOLDEN = "steady-cycle.txt";
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Enough polls for everything of the rota to have had its first turn. */
  private static final int POLLS = 13;

  @Test
  void steadyCycle_givesTheSameRowsAsEver() throws Exception {
    String rows = rows(lastCycle());
    String file = System.getProperty("muster.golden", "");
    if (!file.isBlank()) {
      Files.writeString(Path.of(file), rows);
    }
    assumeTrue(file.isBlank(), "not compared: written anew to " + file);

    assertThat(rows.lines()).containsExactlyElementsOf(golden().lines().toList());
  }

  private static Snapshot lastCycle() throws Exception {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-02T10:00:00Z"));
    try (SimulatedProxmox cluster =
            SimulatedProxmox.start(
                ProxmoxSettings.forTests("9.2", 2)
                    .guests(6)
                    .clock(now::get)
                    .tune(world -> world.seed(7))
                    .build());
        ProxmoxProvider provider =
            new ProxmoxProvider(
                Servers.server(
                    List.of(cluster.url("pve1")),
                    Servers.token(cluster.readerToken()),
                    Servers.authority(cluster.authorityPem())),
                Map.of(),
                now::get)) {
      for (int poll = 1; ; poll++) {
        Snapshot snapshot = provider.poll(new Tick(now.get(), INTERVAL, Deadline.after(PATIENCE)));
        if (poll == POLLS) {
          return snapshot;
        }
        now.updateAndGet(at -> at.plus(INTERVAL));
      }
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
