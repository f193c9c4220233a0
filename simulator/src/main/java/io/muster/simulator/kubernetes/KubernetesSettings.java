package io.muster.simulator.kubernetes;

import io.muster.simulator.kubernetes.world.WorldSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * How a simulated cluster is.
 *
 * @param version such as {@code 1.36.2}
 * @param port of the API server; 0 takes a free one
 * @param dataFolder keeps keys and tokens over a restart, or null
 * @param metricsPeriod how often metrics-server measures
 * @param bookmarks how often a watch is told how far things are
 * @param history so many writes of a kind can be watched afterwards
 */
public record KubernetesSettings(
    WorldSettings world,
    String version,
    int port,
    @Nullable Path dataFolder,
    Duration metricsPeriod,
    Duration bookmarks,
    int history) {
  public KubernetesSettings {
    if (!version.matches("\\d+\\.\\d+\\.\\d+")) {
      throw new IllegalArgumentException("'version' is such as 1.36.2, not '" + version + "'");
    }
  }

  /** A healthy cluster where things take tens of milliseconds, on a free port. */
  public static Builder forTests(int nodes, int pods) {
    return new Builder(nodes, pods)
        .troubles(false)
        .pace(0.05)
        .nodeGrace(Duration.ofMillis(500))
        .bookmarks(Duration.ofMillis(500));
  }

  /** A cluster that moves as a real one does. */
  public static Builder real(int nodes, int pods) {
    return new Builder(nodes, pods);
  }

  /** Collects settings; each has a sensible value until it is set. */
  public static final class Builder {
    private final int nodes;
    private final int pods;
    private int deployments;
    private int namespaces = 4;
    private boolean troubles = true;
    private long seed = 1;
    private double pace = 1;
    private Duration nodeGrace = Duration.ofSeconds(40);
    private int churnPerMinute;
    private InstantSource clock = InstantSource.system();
    private String version = "1.36.2";
    private int port;
    private @Nullable Path dataFolder;
    private Duration metricsPeriod = Duration.ofSeconds(15);
    private Duration bookmarks = Duration.ofMinutes(1);
    private int history;

    private Builder(int nodes, int pods) {
      this.nodes = nodes;
      this.pods = pods;
      this.deployments = Math.max(pods == 0 ? 0 : 1, pods / 10);
      this.history = Math.max(10_000, 2 * pods);
    }

    public Builder deployments(int value) {
      deployments = value;
      return this;
    }

    public Builder namespaces(int value) {
      namespaces = value;
      return this;
    }

    /** Whether some pods crash, wait or failed from the start. */
    public Builder troubles(boolean on) {
      troubles = on;
      return this;
    }

    public Builder seed(long value) {
      seed = value;
      return this;
    }

    /** What takes a second in life takes so many. */
    public Builder pace(double value) {
      pace = value;
      return this;
    }

    /** How long a silent node is believed to be well. */
    public Builder nodeGrace(Duration value) {
      nodeGrace = value;
      return this;
    }

    public Builder churnPerMinute(int value) {
      churnPerMinute = value;
      return this;
    }

    public Builder clock(InstantSource source) {
      clock = source;
      return this;
    }

    public Builder version(String value) {
      version = value;
      return this;
    }

    public Builder port(int value) {
      port = value;
      return this;
    }

    public Builder dataFolder(@Nullable Path folder) {
      dataFolder = folder;
      return this;
    }

    public Builder metricsPeriod(Duration value) {
      metricsPeriod = value;
      return this;
    }

    public Builder bookmarks(Duration value) {
      bookmarks = value;
      return this;
    }

    /** So many writes of a kind can be watched afterwards. */
    public Builder history(int value) {
      history = value;
      return this;
    }

    public KubernetesSettings build() {
      return new KubernetesSettings(
          new WorldSettings(
              nodes,
              pods,
              deployments,
              namespaces,
              troubles,
              seed,
              pace,
              nodeGrace,
              churnPerMinute,
              clock),
          version,
          port,
          dataFolder,
          metricsPeriod,
          bookmarks,
          history);
    }
  }
}
