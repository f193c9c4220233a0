package io.muster.control.caller;

/** Tells what callers see. */
public interface Sights {
  /** What the caller may see now; blocks on the database. */
  Sight of(Caller caller);
}
