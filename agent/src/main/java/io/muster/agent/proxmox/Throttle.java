package io.muster.agent.proxmox;

/** Lets so many samples through in a second, and after a pause so many at once. Thread-safe. */
final class Throttle {
  private final int burst;
  private final int perSecond;
  private double left;
  private long beforeNanos;

  Throttle(int burst, int perSecond, long nowNanos) {
    this.burst = burst;
    this.perSecond = perSecond;
    this.left = burst;
    this.beforeNanos = nowNanos;
  }

  synchronized boolean allows(int samples, long nowNanos) {
    left = Math.min(burst, left + (nowNanos - beforeNanos) / 1e9 * perSecond);
    beforeNanos = nowNanos;
    if (samples > left) {
      return false;
    }
    left -= samples;
    return true;
  }
}
