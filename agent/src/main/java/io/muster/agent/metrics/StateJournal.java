package io.muster.agent.metrics;

import io.muster.agent.provider.Changes;
import io.muster.agent.provider.Snapshot;
import io.muster.protocol.ServerId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The states of all servers, and what is kept of them on disk. Thread-safe. */
final class StateJournal {
  private static final Logger LOG = LoggerFactory.getLogger(StateJournal.class);

  private final KnownFiles files;
  private final Map<ServerId, ServerJournal> servers = new ConcurrentHashMap<>();
  private @Nullable String lastSaveProblem;

  StateJournal(KnownFiles files) {
    this.files = files;
  }

  /** Reads what an earlier process knew. Blocks on the disk. */
  void load() {
    for (KnownObjects known : files.load()) {
      servers.put(known.origin().serverId(), ServerJournal.restored(known));
    }
  }

  List<Row<?>> snapshot(Origin origin, Instant tick, Snapshot snapshot) {
    return of(origin).snapshot(origin, tick, snapshot);
  }

  List<Row<?>> changes(Origin origin, Changes changes) {
    return of(origin).changes(origin, changes);
  }

  List<Row<?>> state(Origin origin, Instant tick, ServerState state) {
    return of(origin).state(origin, tick, state);
  }

  /** Last rows of every known server that is not in {@code present}. */
  List<Row<?>> retain(Set<ServerId> present, Instant tick) {
    List<Row<?>> rows = new ArrayList<>();
    servers.forEach((id, journal) -> {
      if (present.contains(id)) {
        journal.present();
      } else {
        rows.addAll(journal.remove(tick));
      }
    });
    return rows;
  }

  /** Brings the disk up to date. Blocks on it; one thread at a time. */
  synchronized void save() {
    try {
      for (Map.Entry<ServerId, ServerJournal> entry : servers.entrySet()) {
        save(entry.getKey(), entry.getValue());
      }
      lastSaveProblem = null;
    } catch (IOException e) {
      String problem = String.valueOf(e.getMessage());
      if (!problem.equals(lastSaveProblem)) {
        LOG.warn("Cannot keep the known nodes and VMs on disk: {}", problem);
      }
      lastSaveProblem = problem;
    }
  }

  private void save(ServerId id, ServerJournal journal) throws IOException {
    if (journal.isRemoved()) {
      files.delete(id);
      return;
    }
    KnownObjects known = journal.unsaved();
    if (known != null) {
      files.save(known);
      journal.markSaved(known);
    }
  }

  private ServerJournal of(Origin origin) {
    return servers.computeIfAbsent(origin.serverId(), id -> new ServerJournal(origin));
  }
}
