package io.muster.simulator.openstack.api;

import java.time.Duration;
import java.util.Set;

/** What is wrong with the services of a cloud, for as long as it is. */
public final class Conditions {
  /** How long keystoneauth tried again, as recorded. */
  private static final Duration RETRIES = Duration.ofMillis(3500);

  private final double pace;
  private volatile Set<Service> down = Set.of();
  private volatile Set<Service> missing = Set.of();
  private volatile boolean loginRefused;

  /**
   * All is well.
   *
   * @param pace what takes a second in life takes so many
   */
  public Conditions(double pace) {
    this.pace = pace;
  }

  /**
   * From now on it is so.
   *
   * @param downNow services that do not answer
   * @param missingNow services that are not in the catalog
   * @param loginRefusedNow whether nobody gets a new token
   */
  public void set(Set<Service> downNow, Set<Service> missingNow, boolean loginRefusedNow) {
    down = Set.copyOf(downNow);
    missing = Set.copyOf(missingNow);
    loginRefused = loginRefusedNow;
  }

  public boolean isDown(Service service) {
    return down.contains(service);
  }

  public boolean isMissing(Service service) {
    return missing.contains(service);
  }

  public boolean isLoginRefused() {
    return loginRefused;
  }

  /** Waits as long as a service tries to reach another one that is down. */
  public void tryInVain() throws InterruptedException {
    Thread.sleep(Duration.ofNanos((long) (RETRIES.toNanos() * pace)));
  }
}
