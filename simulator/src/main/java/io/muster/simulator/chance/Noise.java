package io.muster.simulator.chance;

/** Chance without state: the same seed, thing and moment always give the same number. */
public final class Noise {
  private Noise() {}

  /** A number in [0, 1). */
  public static double unit(long seed, long thing, long moment) {
    return (mix(seed, thing, moment) >>> 11) * 0x1.0p-53;
  }

  /** A number in [0, bound). */
  public static int below(int bound, long seed, long thing, long moment) {
    return (int) Math.floorMod(mix(seed, thing, moment) >>> 8, (long) bound);
  }

  /** A number in [low, high), where each order of magnitude is as likely as the next. */
  public static double logarithmic(double low, double high, long seed, long thing, long moment) {
    return low * Math.pow(high / low, unit(seed, thing, moment));
  }

  /** Any number. */
  public static long bits(long seed, long thing, long moment) {
    return mix(seed, thing, moment);
  }

  /** A number for a name, the same in every run. */
  public static long of(String name) {
    long hash = 1125899906842597L;
    for (int i = 0; i < name.length(); i++) {
      hash = 31 * hash + name.charAt(i);
    }
    return hash;
  }

  private static long mix(long seed, long thing, long moment) {
    return splitMix(splitMix(splitMix(seed) ^ thing) ^ moment);
  }

  /** Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators (2014). */
  private static long splitMix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
