package io.muster.cli.bench;

import io.muster.cli.local.Http;
import io.muster.cli.local.ManagedProcess;
import java.net.URI;

/** A running agent. */
record Agent(ManagedProcess process, URI url) implements Running {
  /** Whether it has its inventory and QuestDB its tables. */
  @Override
  public boolean isReady() {
    return !Http.get(url.resolve("/health/readiness")).isEmpty();
  }
}
