package io.muster.agent.provider;

import java.util.Map;

/**
 * How far a provider has come with what it hands over: where it can go on without losing or
 * repeating a row. The names of sources and holes are the provider's own.
 *
 * @param epoch of the {@link ProgressKeeper}: what was handed over before a loss counts no more
 * @param taken source to the newest second, on the source's own clock, up to which it was read
 * @param holes what was left out below that and is still to be filled
 */
public record Progress(long epoch, Map<String, Long> taken, Map<String, Hole> holes) {
  /** Of a provider that starts from nothing. */
  public static final Progress NONE = new Progress(0, Map.of(), Map.of());

  public Progress {
    taken = Map.copyOf(taken);
    holes = Map.copyOf(holes);
  }

  /** Seconds after {@code after} and up to {@code until}. */
  public record Hole(long after, long until) {
    public Hole {
      if (after >= until) {
        throw new IllegalArgumentException("a hole from " + after + " to " + until);
      }
    }
  }
}
