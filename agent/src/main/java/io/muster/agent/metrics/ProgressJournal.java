package io.muster.agent.metrics;

import io.muster.agent.provider.Progress;
import io.muster.agent.provider.ProgressKeeper;
import io.muster.protocol.ServerId;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far each server's rows are safe, and what of it is on disk. A loss is not answered at once,
 * for then everything would be read again while nothing can be written: only when rows of that
 * server are safe again, the provider is sent back to what was safe before. Thread-safe.
 */
final class ProgressJournal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProgressJournal.class);

  /** A row is safe within two seconds; servers are polled every second at most. */
  private static final int MOST_PENDING = 4;

  private final ProgressFile file;
  private final Map<ServerId, Entry> entries = new HashMap<>();
  private final Semaphore changes = new Semaphore(0);
  private volatile boolean closed;
  private Map<ServerId, ProgressFile.Kept> saved = Map.of();
  private @Nullable String lastSaveProblem;

  ProgressJournal(ProgressFile file) {
    this.file = file;
  }

  /** Guarded by the journal. */
  private static final class Entry {
    private Progress recorded = Progress.NONE;
    private Progress safe = Progress.NONE;

    /** Where the newest safe rows are in the spool; null = in QuestDB. */
    private Spool.@Nullable Position spooled;

    private boolean lossy;

    /** Handed over and not yet safe. */
    private int pending;

    private long epoch() {
      return recorded.epoch();
    }
  }

  /** Reads what an earlier process kept. Marks beyond what the spool still has count as lost. */
  synchronized void load(Spool spool) {
    file.load()
        .forEach((server, kept) -> {
          if (kept.spooled() != null && !spool.reaches(kept.spooled())) {
            LOG.warn(
                "The spool does not hold any more what was kept of server {}: its last samples are read"
                    + " again as far as the platform has them",
                server);
            return;
          }
          Entry entry = of(server);
          entry.recorded = new Progress(0, kept.taken(), kept.holes());
          entry.safe = entry.recorded;
          entry.spooled = kept.spooled();
        });
  }

  ProgressKeeper keeperOf(ServerId server) {
    return new ProgressKeeper() {
      @Override
      public Progress resume(Progress last) {
        return recordedOf(server);
      }

      @Override
      public boolean hasRoom() {
        return room(server);
      }
    };
  }

  private synchronized Progress recordedOf(ServerId server) {
    return of(server).recorded;
  }

  private synchronized boolean room(ServerId server) {
    Entry entry = of(server);
    return !entry.lossy && entry.pending <= MOST_PENDING;
  }

  /** The rows of a snapshot are about to be offered to the buffer. */
  synchronized void recorded(ServerId server, Progress progress) {
    Entry entry = of(server);
    if (progress.epoch() == entry.epoch()) {
      entry.recorded = progress;
      entry.pending++;
    }
  }

  /** A row found no room and is nowhere. */
  synchronized void lost(Row<?> row) {
    Origin origin = row.origin();
    if (origin != null) {
      of(origin.serverId()).lossy = true;
    }
  }

  /**
   * Everything up to these handovers is safe.
   *
   * @param spooled the end of the spool that holds it; null = acknowledged by QuestDB
   */
  synchronized void safe(List<Handover> handovers, Spool.@Nullable Position spooled) {
    for (Handover handover : handovers) {
      Entry entry = of(handover.server());
      if (handover.progress().epoch() != entry.epoch()) {
        continue;
      }
      if (entry.lossy) {
        entry.lossy = false;
        entry.pending = 0;
        entry.recorded = new Progress(entry.epoch() + 1, entry.safe.taken(), entry.safe.holes());
        entry.safe = entry.recorded;
      } else {
        entry.pending--;
        entry.safe = handover.progress();
        entry.spooled = spooled;
      }
    }
    if (!handovers.isEmpty()) {
      changes.release();
    }
  }

  /** All of the spool is in QuestDB; on disk when this returns, as far as the disk takes it. */
  void replayed() {
    synchronized (this) {
      entries.values().forEach(entry -> entry.spooled = null);
    }
    save();
  }

  synchronized void retain(Set<ServerId> present) {
    if (entries.keySet().retainAll(present)) {
      changes.release();
    }
  }

  /** Follows the changes until the journal is closed, and saves a last time. */
  void keepSaving() {
    while (!closed) {
      changes.acquireUninterruptibly();
      changes.drainPermits();
      save();
    }
    save();
  }

  @Override
  public void close() {
    closed = true;
    changes.release();
  }

  /** Brings the disk up to date. Blocks on it. */
  private void save() {
    synchronized (file) {
      Map<ServerId, ProgressFile.Kept> kept = kept();
      if (kept.equals(saved)) {
        return;
      }
      try {
        file.save(kept);
        saved = kept;
        lastSaveProblem = null;
      } catch (IOException e) {
        String problem = e.toString();
        if (!problem.equals(lastSaveProblem)) {
          LOG.warn(
              "Cannot keep on disk how far servers were read: {}. After a restart some samples are"
                  + " read again",
              problem);
        }
        lastSaveProblem = problem;
      }
    }
  }

  private synchronized Map<ServerId, ProgressFile.Kept> kept() {
    Map<ServerId, ProgressFile.Kept> kept = new HashMap<>();
    entries.forEach((server, entry) -> {
      if (!entry.safe.taken().isEmpty()) {
        kept.put(
            server, new ProgressFile.Kept(entry.safe.taken(), entry.safe.holes(), entry.spooled));
      }
    });
    return kept;
  }

  private Entry of(ServerId server) {
    return entries.computeIfAbsent(server, id -> new Entry());
  }
}
