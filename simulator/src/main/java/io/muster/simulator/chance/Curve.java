package io.muster.simulator.chance;

/**
 * A level that swings with the day, the hour and the minute. Its integral is exact, so a counter is
 * computed instead of stored, and an average over any stretch agrees with the counters.
 */
public final class Curve {
  private static final double[] AMPLITUDES = {0.35, 0.25, 0.2};
  private static final double[] PERIODS_SECONDS = {86_400, 3_307, 241};
  private static final double TURN = 2 * Math.PI;

  private final double base;
  private final double swing;
  private final double dayPhase;
  private final double hourPhase;
  private final double minutePhase;

  /**
   * A curve about a base.
   *
   * @param swing 0 for a flat line to 1 for ± 80 % of the base
   */
  public Curve(double base, double swing, long seed, long thing) {
    this.base = base;
    this.swing = swing;
    this.dayPhase = Noise.unit(seed, thing, 1) * TURN;
    this.hourPhase = Noise.unit(seed, thing, 2) * TURN;
    this.minutePhase = Noise.unit(seed, thing, 3) * TURN;
  }

  public double at(long ms) {
    double sum = 0;
    for (int i = 0; i < AMPLITUDES.length; i++) {
      sum += AMPLITUDES[i] * Math.sin(angle(i, ms));
    }
    return base * (1 + swing * sum);
  }

  /** Level times seconds between two moments; never negative while {@code to >= from}. */
  public double integral(long fromMs, long toMs) {
    double sum = 0;
    for (int i = 0; i < AMPLITUDES.length; i++) {
      double scale = AMPLITUDES[i] * PERIODS_SECONDS[i] / TURN;
      sum += scale * (Math.cos(angle(i, fromMs)) - Math.cos(angle(i, toMs)));
    }
    return base * ((toMs - fromMs) / 1000.0 + swing * sum);
  }

  /** Average between two moments; the level itself when they are the same. */
  public double mean(long fromMs, long toMs) {
    return toMs <= fromMs ? at(toMs) : integral(fromMs, toMs) * 1000 / (toMs - fromMs);
  }

  private double angle(int i, long ms) {
    double phase = i == 0 ? dayPhase : i == 1 ? hourPhase : minutePhase;
    double turns = ms / (1000 * PERIODS_SECONDS[i]);
    return TURN * (turns - Math.floor(turns)) + phase;
  }
}
