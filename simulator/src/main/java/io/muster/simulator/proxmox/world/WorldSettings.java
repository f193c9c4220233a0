package io.muster.simulator.proxmox.world;

import io.muster.simulator.proxmox.world.model.ClusterSettings;
import io.muster.simulator.proxmox.world.model.NodeSettings;
import io.muster.simulator.proxmox.world.model.PveVersion;
import io.muster.simulator.proxmox.world.model.TaskPace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a simulated cluster is made.
 *
 * @param guests how many VMs and containers a demo world gets; a custom one names its own
 * @param life whether backups, snapshots and restarts happen by themselves
 */
public record WorldSettings(
    ClusterSettings cluster,
    List<NodeSettings> nodes,
    int guests,
    boolean life,
    InstantSource clock) {
  public WorldSettings {
    nodes = List.copyOf(nodes);
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("A simulated cluster needs at least one node");
    }
    if (guests < 0) {
      throw new IllegalArgumentException("A simulated cluster can't have " + guests + " guests");
    }
  }

  /** A cluster of the given nodes; everything else as in the demo until it is set. */
  public static Builder of(PveVersion version, List<NodeSettings> nodes) {
    return new Builder(version, nodes);
  }

  /** Collects settings; each has the demo's value until it is set. */
  public static final class Builder {
    private static final Duration DEFAULT_HISTORY = Duration.ofDays(40);

    private final PveVersion version;
    private final List<NodeSettings> nodes;
    private @Nullable String clusterName = "muster-demo";
    private int guests = 24;
    private long seed = 1;
    private boolean life;
    private InstantSource clock = InstantSource.system();
    private Duration samplePeriod = Duration.ofSeconds(10);
    private Duration staleAfter = Duration.ofMinutes(5);
    private Duration bootTime = Duration.ofSeconds(30);
    private Duration history = DEFAULT_HISTORY;
    private TaskPace taskPace = TaskPace.REAL;

    private Builder(PveVersion version, List<NodeSettings> nodes) {
      this.version = version;
      this.nodes = nodes;
    }

    /** Null for a single machine in no cluster. */
    public Builder clusterName(@Nullable String name) {
      clusterName = name;
      return this;
    }

    public Builder guests(int number) {
      guests = number;
      return this;
    }

    /** The same seed makes the same guests with the same values. */
    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** Whether things happen by themselves; not by default. */
    public Builder life(boolean on) {
      life = on;
      return this;
    }

    public Builder clock(InstantSource source) {
      clock = source;
      return this;
    }

    /** How often nodes measure: 10 s as in reality, at least 1 s. */
    public Builder samplePeriod(Duration period) {
      samplePeriod = period;
      return this;
    }

    /** How long a dead node's last values are believed: 300 s as in reality. */
    public Builder staleAfter(Duration age) {
      staleAfter = age;
      return this;
    }

    /** From switching a node on to its first answer. */
    public Builder bootTime(Duration time) {
      bootTime = time;
      return this;
    }

    /** How long everything has been there: bounds export history and RRD. */
    public Builder history(Duration length) {
      history = length;
      return this;
    }

    public Builder taskPace(TaskPace pace) {
      taskPace = pace;
      return this;
    }

    public WorldSettings build() {
      Instant from = clock.instant().minus(history);
      ClusterSettings cluster =
          new ClusterSettings(
              version, clusterName, seed, samplePeriod, staleAfter, bootTime, from, taskPace);
      return new WorldSettings(cluster, nodes, guests, life, clock);
    }
  }
}
