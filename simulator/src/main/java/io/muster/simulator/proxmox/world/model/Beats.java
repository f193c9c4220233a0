package io.muster.simulator.proxmox.world.model;

import io.muster.simulator.chance.Noise;
import java.util.ArrayList;
import java.util.List;

/** When a status daemon measures: once a period, a little late as its load has it. */
final class Beats {
  /** Part of the period by which a beat may be late: real loops drift with their load. */
  private static final double JITTER = 0.1;

  /** Below this, a late beat and a punctual one could fall into one second. */
  private static final long SHORT_PERIOD_MS = 2_000;

  private final long seed;
  private final long thing;
  private final long periodMs;
  private final long phaseMs;

  Beats(long seed, long thing, long periodMs) {
    this.seed = seed;
    this.thing = thing;
    this.periodMs = periodMs;
    double room = periodMs < SHORT_PERIOD_MS ? 1 - JITTER : 1;
    this.phaseMs = (long) (Noise.unit(seed, thing, 31) * room * periodMs);
  }

  /** The latest at or before the moment. */
  long latest(long ms) {
    long beat = beat(round(ms));
    return beat <= ms ? beat : beat(round(ms) - 1);
  }

  /** The latest at or before a moment and at or after another, newest first. */
  List<Long> latest(long fromMs, long ms, int most) {
    List<Long> beats = new ArrayList<>();
    for (long beat = latest(ms); beat >= fromMs && beats.size() < most; beat = latest(beat - 1)) {
      beats.add(beat);
    }
    return beats;
  }

  /** All in [from, to), oldest first. */
  List<Long> between(long fromMs, long toMs) {
    List<Long> beats = new ArrayList<>();
    for (long round = round(fromMs) - 1; beat(round) < toMs; round++) {
      if (beat(round) >= fromMs) {
        beats.add(beat(round));
      }
    }
    return beats;
  }

  private long round(long ms) {
    return Math.floorDiv(ms - phaseMs, periodMs);
  }

  private long beat(long round) {
    double late = Noise.unit(seed, thing, round) * JITTER * periodMs;
    return round * periodMs + phaseMs + (long) late;
  }
}
