package io.muster.simulator.openstack.world;

import java.time.Duration;
import java.time.InstantSource;

/**
 * How a cloud is.
 *
 * @param troubles whether some machines are broken, locked or stuck from the start
 * @param seed the same seed gives the same cloud
 * @param pace what takes a second in life takes so many
 * @param serviceDown how long a silent service is believed to be up
 * @param rpcTimeout how long Nova waits for a compute host
 * @param churnPerMinute so many machines a minute are stopped, started or rebooted by somebody
 */
public record CloudSettings(
    int hosts,
    int instances,
    int projects,
    boolean troubles,
    long seed,
    double pace,
    Duration serviceDown,
    Duration rpcTimeout,
    int churnPerMinute,
    InstantSource clock) {
  private static final int MOST_HOSTS = 500;
  private static final int MOST_INSTANCES = 10_000;
  private static final int MOST_PROJECTS = 100;
  private static final int MOST_CHURN = 600;

  public CloudSettings {
    require("hosts", hosts, 1, MOST_HOSTS);
    require("instances", instances, 0, MOST_INSTANCES);
    require("projects", projects, 1, MOST_PROJECTS);
    require("churn", churnPerMinute, 0, MOST_CHURN);
  }

  private static void require(String name, int value, int lowest, int highest) {
    if (value < lowest || value > highest) {
      throw new IllegalArgumentException(
          "'%s' is a whole number from %d to %d, not %d".formatted(name, lowest, highest, value));
    }
  }
}
