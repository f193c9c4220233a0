package io.muster.agent.provider;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The order in which one process looked at things: of two looks at a server, what the later one saw
 * counts, whichever is recorded first.
 */
public record Revision(long number) implements Comparable<Revision> {
  /** Before every other. */
  public static final Revision NONE = new Revision(0);

  private static final AtomicLong LAST = new AtomicLong();

  /** To be taken while nothing of what is looked at can change. */
  public static Revision next() {
    return new Revision(LAST.incrementAndGet());
  }

  public boolean isAfter(Revision other) {
    return number > other.number;
  }

  @Override
  public int compareTo(Revision other) {
    return Long.compare(number, other.number);
  }
}
