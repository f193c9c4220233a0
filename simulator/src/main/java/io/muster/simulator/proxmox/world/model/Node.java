package io.muster.simulator.proxmox.world.model;

import io.muster.simulator.chance.Noise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A hypervisor: its power, its clock and the beat of its status daemon. Guarded by the world's
 * lock.
 */
public final class Node {
  private final String name;
  private final int id;
  private final String address;
  private final Supplier<String> fingerprint;
  private final NodeSpec spec;
  private final boolean member;
  private final Beats beats;
  private final NodeClock clock = new NodeClock();
  private final NodeLoad load;
  private final List<Boot> boots = new ArrayList<>(1);
  private final List<Long> resets = new ArrayList<>(1);
  private boolean booting;

  /** A time between power on and off; still on while {@code toMs} is {@code Long.MAX_VALUE}. */
  record Boot(long fromMs, long toMs) {}

  Node(
      NodeSettings settings,
      int id,
      NodeSpec spec,
      long seed,
      long periodMs,
      long firstBootMs,
      boolean member) {
    this.name = settings.name();
    this.id = id;
    this.address = settings.address();
    this.fingerprint = settings.fingerprint();
    this.spec = spec;
    this.member = member;
    this.beats = new Beats(seed, Noise.of(name), periodMs);
    this.load = new NodeLoad(seed, Noise.of(name), spec);
    if (member) {
      boots.add(new Boot(firstBootMs, Long.MAX_VALUE));
    }
  }

  public String name() {
    return name;
  }

  public int id() {
    return id;
  }

  public String address() {
    return address;
  }

  /** SHA-256 of its certificate, upper-case hex with colons. */
  public String fingerprint() {
    return fingerprint.get();
  }

  public NodeSpec spec() {
    return spec;
  }

  /** Whether it belongs to the cluster; a mere folder of configurations does not. */
  public boolean isMember() {
    return member;
  }

  public boolean isUp() {
    return !boots.isEmpty() && boots.getLast().toMs() == Long.MAX_VALUE;
  }

  boolean isBooting() {
    return booting;
  }

  void booting(boolean value) {
    booting = value;
  }

  /** When it was last switched on; the epoch when it never was. */
  public long bootMs() {
    return boots.isEmpty() ? 0 : boots.getLast().fromMs();
  }

  void powerOff(long ms) {
    Boot last = boots.removeLast();
    boots.add(new Boot(last.fromMs(), ms));
  }

  void powerOn(long ms) {
    boots.add(new Boot(ms, Long.MAX_VALUE));
  }

  /** The time on that contains the moment, or null when it was off. */
  @Nullable Boot bootAt(long ms) {
    for (int i = boots.size() - 1; i >= 0; i--) {
      Boot boot = boots.get(i);
      if (boot.fromMs() <= ms && ms < boot.toMs()) {
        return boot;
      }
    }
    return null;
  }

  /** Uptime and counters start anew, though the node goes on. */
  void resetCounters(long ms) {
    resets.add(ms);
  }

  /** Since when uptime and counters of the moment count. */
  long countedSince(long ms) {
    Boot boot = bootAt(ms);
    long since = boot == null ? ms : boot.fromMs();
    for (long reset : resets) {
      since = reset <= ms ? Math.max(since, reset) : since;
    }
    return since;
  }

  /** Share of (from, to] in which it was on. */
  double shareUp(long fromMs, long toMs) {
    long on = 0;
    for (Boot boot : boots) {
      on += Math.max(0, Math.min(toMs, boot.toMs()) - Math.max(fromMs, boot.fromMs()));
    }
    return (double) on / (toMs - fromMs);
  }

  NodeLoad load() {
    return load;
  }

  /** The latest beat of the status daemon at or before the moment, or null when there was none. */
  public @Nullable Long lastBeat(long ms) {
    for (int i = boots.size() - 1; i >= 0; i--) {
      Boot boot = boots.get(i);
      Long beat = lastBeatWithin(boot, Math.min(ms, boot.toMs() - 1));
      if (beat != null) {
        return beat;
      }
    }
    return null;
  }

  private @Nullable Long lastBeatWithin(Boot boot, long ms) {
    long beat = beats.latest(ms);
    return beat < boot.fromMs() ? null : beat;
  }

  /** The latest beats of the present boot, newest first. */
  public List<Long> beats(long ms, int most) {
    return beats.latest(bootMs(), ms, most);
  }

  /** All beats in [from, to), of whatever boot, oldest first. */
  List<Long> beatsBetween(long fromMs, long toMs) {
    List<Long> all = new ArrayList<>();
    for (Boot boot : boots) {
      all.addAll(beats.between(Math.max(fromMs, boot.fromMs()), Math.min(toMs, boot.toMs())));
    }
    return all;
  }

  /** What it takes for the time. */
  public NodeClock clock() {
    return clock;
  }
}
