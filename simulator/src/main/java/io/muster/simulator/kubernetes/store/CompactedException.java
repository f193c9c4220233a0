package io.muster.simulator.kubernetes.store;

/** What happened since a version is no longer known. */
public final class CompactedException extends Exception {
  private static final long serialVersionUID = 1;

  private final long oldest;

  CompactedException(long asked, long oldest) {
    super("Version " + asked + " is older than " + oldest);
    this.oldest = oldest;
  }

  /** The first version from which everything is known. */
  public long oldest() {
    return oldest;
  }
}
