package io.muster.agent.proxmox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One new sample of one object, with the one before it.
 *
 * @param id {@code node/pve1}, {@code qemu/100}, {@code lxc/102}
 * @param epochSecond on the node's own clock
 * @param before null when there is none that says something about this one
 * @param newest whether it is the object's last one: what is known of now belongs to it alone
 */
record Measurement(
    String id,
    long epochSecond,
    Measures now,
    @Nullable Long beforeSecond,
    @Nullable Measures before,
    boolean newest) {

  /** A rate over a longer gap says nothing about the moment it would be written at. */
  static final Duration OLDEST_BASELINE = Duration.ofMinutes(5);

  @Nullable Integer sampleSeconds() {
    return usableBaseline() && beforeSecond != null
        ? Integer.valueOf((int) (epochSecond - beforeSecond))
        : null;
  }

  /**
   * Per second since the sample before; null when that has no such counter, or the counter or the
   * uptime fell: then it counts anew.
   */
  @Nullable Double rate(Metric counter) {
    Integer seconds = sampleSeconds();
    if (seconds == null || seconds <= 0 || before == null) {
      return null;
    }
    double grown = now.get(counter) - before.get(counter);
    boolean restarted = now.get(Metric.UPTIME) < before.get(Metric.UPTIME);
    return Double.isNaN(grown) || grown < 0 || restarted ? null : Double.valueOf(grown / seconds);
  }

  private boolean usableBaseline() {
    return beforeSecond != null && epochSecond - beforeSecond <= OLDEST_BASELINE.toSeconds();
  }
}
