package io.muster.simulator.openstack;

import io.muster.simulator.openstack.world.CloudSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * How a simulated cloud is.
 *
 * @param region such as {@code RegionOne}
 * @param computeMicroversion Nova's newest, such as 93 for 2.93
 * @param port of all services; 0 takes a free one
 * @param dataFolder keeps keys and passwords over a restart, or null
 * @param tokenLifetime how long a token is good for
 */
public record OpenStackSettings(
    CloudSettings world,
    String region,
    int computeMicroversion,
    int port,
    @Nullable Path dataFolder,
    Duration tokenLifetime) {
  /** That of Zed, which was recorded: later ones are not simulated. */
  private static final int NEWEST_MICROVERSION = 93;

  public OpenStackSettings {
    if (computeMicroversion < 1 || computeMicroversion > NEWEST_MICROVERSION) {
      throw new IllegalArgumentException(
          "'microversion' is one of 2.1 to 2.%d, not 2.%d"
              .formatted(NEWEST_MICROVERSION, computeMicroversion));
    }
    if (tokenLifetime.isNegative() || tokenLifetime.isZero()) {
      throw new IllegalArgumentException("A token lives for a second or longer");
    }
  }

  /** A healthy cloud where things take tens of milliseconds, on a free port. */
  public static Builder forTests(int hosts, int instances) {
    return new Builder(hosts, instances)
        .troubles(false)
        .pace(0.02)
        .serviceDown(Duration.ofMillis(500))
        .rpcTimeout(Duration.ofSeconds(1));
  }

  /** A cloud that moves as a real one does. */
  public static Builder real(int hosts, int instances) {
    return new Builder(hosts, instances);
  }

  /** Collects settings; each has a sensible value until it is set. */
  public static final class Builder {
    private final int hosts;
    private final int instances;
    private int projects = 4;
    private boolean troubles = true;
    private long seed = 1;
    private double pace = 1;
    private Duration serviceDown = Duration.ofSeconds(60);
    private Duration rpcTimeout = Duration.ofSeconds(60);
    private int churnPerMinute;
    private InstantSource clock = InstantSource.system();
    private String region = "RegionOne";
    private int computeMicroversion = NEWEST_MICROVERSION;
    private int port;
    private @Nullable Path dataFolder;
    private Duration tokenLifetime = Duration.ofHours(1);

    private Builder(int hosts, int instances) {
      this.hosts = hosts;
      this.instances = instances;
    }

    public Builder projects(int value) {
      projects = value;
      return this;
    }

    /** Whether some machines are broken, locked or stuck from the start. */
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

    /** How long a silent service is believed to be up. */
    public Builder serviceDown(Duration value) {
      serviceDown = value;
      return this;
    }

    /** How long Nova waits for a compute host. */
    public Builder rpcTimeout(Duration value) {
      rpcTimeout = value;
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

    public Builder region(String value) {
      region = value;
      return this;
    }

    /** Nova's newest, such as 93 for 2.93. */
    public Builder computeMicroversion(int minor) {
      computeMicroversion = minor;
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

    public Builder tokenLifetime(Duration value) {
      tokenLifetime = value;
      return this;
    }

    public OpenStackSettings build() {
      return new OpenStackSettings(
          new CloudSettings(
              hosts,
              instances,
              projects,
              troubles,
              seed,
              pace,
              serviceDown,
              rpcTimeout,
              churnPerMinute,
              clock),
          region,
          computeMicroversion,
          port,
          dataFolder,
          tokenLifetime);
    }
  }
}
