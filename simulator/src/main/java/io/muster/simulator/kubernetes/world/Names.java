package io.muster.simulator.kubernetes.world;

import io.muster.simulator.chance.Noise;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** New names and identities, the same in every run with the same seed and order of asking. */
public final class Names {
  /** Those that Kubernetes takes: no vowels, so that no words come about. */
  private static final String LETTERS = "bcdfghjklmnpqrstvwxz2456789";

  private static final long VERSION_4 = 0x4000;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  private final long seed;
  private final AtomicLong count = new AtomicLong();

  public Names(long seed) {
    this.seed = seed;
  }

  public UUID uid() {
    long number = count.incrementAndGet();
    long most = Noise.bits(seed, number, 1);
    long least = Noise.bits(seed, number, 2);
    return new UUID((most & ~0xF000L) | VERSION_4, (least >>> 2) | VARIANT);
  }

  /** So many letters, as behind the names of generated objects. */
  public String letters(int length) {
    return letters(Noise.bits(seed, count.incrementAndGet(), 3), length);
  }

  /** The letters that stand for a text, the same in every run. */
  static String hash(String text) {
    return letters(Noise.bits(0, Noise.of(text), 4), 10);
  }

  private static String letters(long bits, int length) {
    StringBuilder text = new StringBuilder(length);
    long rest = bits >>> 1;
    for (int i = 0; i < length; i++) {
      text.append(LETTERS.charAt((int) (rest % LETTERS.length())));
      rest /= LETTERS.length();
    }
    return text.toString();
  }
}
