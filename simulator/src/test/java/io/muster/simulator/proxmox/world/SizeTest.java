package io.muster.simulator.proxmox.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.simulator.proxmox.world.Asked.Clock;
import io.muster.simulator.proxmox.world.model.PveVersion;
import org.junit.jupiter.api.Test;

final class SizeTest {
  private static final long MEBI = 1L << 20;

  /** Ten times what was measured; storing the history of all guests would take far more. */
  private static final long MOST_BYTES = 200 * MEBI;

  @Test
  void fiveHundredNodes_takeLittleMemory() throws Exception {
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    long before = runtime.totalMemory() - runtime.freeMemory();
    long begun = System.nanoTime();
    Asked asked = CustomWorlds.demo(PveVersion.V9_2, new Clock(), 500, 5_000);
    long made = System.nanoTime();
    int resources = asked.rows("/cluster/resources").size();
    long listed = System.nanoTime();
    int sample = asked.export("local-only=1").size();
    long exported = System.nanoTime();
    assertThat(resources).isGreaterThan(5_000 + 500 + 1_500);
    assertThat(sample).isGreaterThan(60);
    System.gc();
    long used = runtime.totalMemory() - runtime.freeMemory() - before;
    System.out.printf(
        "FIGURE 500 nodes, 5,000 guests: made in %d ms, resources %d ms, one export %d ms, %d MiB%n",
        (made - begun) / 1_000_000,
        (listed - made) / 1_000_000,
        (exported - listed) / 1_000_000,
        used / MEBI);
    assertThat(used).isLessThan(MOST_BYTES);
    assertThat(asked.world().nodes()).hasSize(500);
  }
}
