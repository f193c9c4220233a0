package io.muster.control.server;

import io.muster.control.link.Agents;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the inventory's changes, and tells the agents of them. */
@Singleton
final class Revisions {
  /** From the clock, so that the count goes on above where it was before a restart. */
  private final AtomicLong last = new AtomicLong(System.currentTimeMillis());

  // The agents ask for the inventory in turn.
  private final Provider<Agents> agents;

  Revisions(Provider<Agents> agents) {
    this.agents = agents;
  }

  long current() {
    return last.get();
  }

  /** Call after the commit: the agents read what is committed. */
  void changed(Collection<UUID> sites) {
    tell(sites, next());
  }

  /** What is read from now on is read anew; the agents are still to be told. */
  long next() {
    return last.incrementAndGet();
  }

  void tell(Collection<UUID> sites, long revision) {
    sites.forEach(site -> agents.get().inventoryChanged(site, revision));
  }
}
