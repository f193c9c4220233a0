package io.muster.agent.poll;

import io.muster.agent.provider.CheckReport;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Provider;
import io.muster.agent.provider.Snapshot;
import io.muster.agent.provider.Tick;

/** Stands in for a driver that could not even be made: every poll says so in its row. */
record UnusableProvider(RuntimeException cause) implements Provider {
  @Override
  public Snapshot poll(Tick tick) {
    throw failure();
  }

  @Override
  public CheckReport check(Deadline deadline) {
    throw failure();
  }

  @Override
  public void close() {}

  private IllegalStateException failure() {
    return new IllegalStateException("The driver can't be made: " + cause.getMessage(), cause);
  }
}
