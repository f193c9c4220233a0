package io.muster.cli.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The programs of one start, in their order. They end in the reverse one: who writes before who
 * stores.
 */
final class Fleet {
  private final ProcessRecords records;
  private final List<ManagedProcess> members = new ArrayList<>();
  private boolean ended;

  Fleet(ProcessRecords records) {
    this.records = records;
    Orphans.endFirst(this::end);
  }

  /** Takes a process in, right after its start. */
  synchronized void add(ManagedProcess process) {
    members.add(process);
    if (ended) {
      process.kill();
      throw new StartException("Ending: " + process.name() + " is not needed any more");
    }
    try {
      records.add(process);
    } catch (IOException failed) {
      throw new StartException(
          "Cannot note that " + process + " runs: " + failed.getMessage(), failed);
    }
  }

  ManagedProcess start(ProcessSpec spec) {
    try {
      var process = ManagedProcess.start(spec);
      add(process);
      return process;
    } catch (IOException failed) {
      throw new StartException("Cannot start " + spec.name() + ": " + failed.getMessage(), failed);
    }
  }

  /** Leaves out those that did not get as far as being ready, before another try. */
  synchronized void forgetDead() {
    members.removeIf(member -> !member.isAlive());
  }

  synchronized boolean isEnded() {
    return ended;
  }

  /** The first that is no longer there; empty when all run, or when they were ended on purpose. */
  synchronized Optional<ManagedProcess> dead() {
    return ended ? Optional.empty() : members.stream().filter(m -> !m.isAlive()).findFirst();
  }

  /**
   * Ends all, last started first, each within {@link ManagedProcess#STOP_PATIENCE}. A second call
   * does nothing.
   */
  synchronized void end() {
    if (ended) {
      return;
    }
    ended = true;
    for (var member : members.reversed()) {
      member.close();
    }
    try {
      records.clear();
    } catch (IOException harmless) {
      // The next start finds the numbers and sees that nobody has them.
    }
  }
}
