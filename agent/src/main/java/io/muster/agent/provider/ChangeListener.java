package io.muster.agent.provider;

/** Hears of what changed between two polls. */
@FunctionalInterface
public interface ChangeListener {
  /** In the order of {@link Changes#revision}, by one thread at a time; must not block. */
  void changed(Changes changes);
}
