package io.muster.agent.poll;

import io.muster.agent.metrics.AgentSample;
import io.muster.agent.metrics.ConnectionAttempt;
import io.muster.agent.metrics.Origin;
import io.muster.agent.metrics.Recorder;
import io.muster.agent.metrics.ServerState;
import io.muster.agent.provider.Changes;
import io.muster.agent.provider.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps every row in memory. */
final class Ledger implements Recorder {
  final List<Row<ConnectionAttempt>> attempts = new CopyOnWriteArrayList<>();
  final List<Row<ServerState>> states = new CopyOnWriteArrayList<>();
  final List<Row<Snapshot>> snapshots = new CopyOnWriteArrayList<>();
  final List<Row<Changes>> changes = new CopyOnWriteArrayList<>();
  final List<AgentSample> agent = new CopyOnWriteArrayList<>();

  record Row<T>(Origin origin, Instant ts, T value) {}

  @Override
  public int snapshot(Origin origin, Instant tick, Snapshot snapshot) {
    snapshots.add(new Row<>(origin, tick, snapshot));
    return 7;
  }

  @Override
  public void changes(Origin origin, Changes seen) {
    changes.add(new Row<>(origin, seen.at(), seen));
  }

  List<Snapshot> snapshotsOf(String server) {
    return snapshots.stream()
        .filter(row -> row.origin().serverName().equals(server))
        .map(Row::value)
        .toList();
  }

  List<ServerState> statesOf(String server) {
    return states.stream()
        .filter(row -> row.origin().serverName().equals(server))
        .map(Row::value)
        .toList();
  }

  @Override
  public void attempt(Origin origin, ConnectionAttempt attempt) {
    attempts.add(new Row<>(origin, attempt.ts(), attempt));
  }

  @Override
  public void serverState(Origin origin, Instant tick, ServerState state) {
    states.add(new Row<>(origin, tick, state));
  }

  @Override
  public void agent(AgentSample sample) {
    agent.add(sample);
  }

  List<ConnectionAttempt> attemptsOf(String server) {
    return attempts.stream()
        .filter(row -> row.origin().serverName().equals(server))
        .map(Row::value)
        .toList();
  }

  List<ServerState.Lifecycle> lifecyclesOf(String server) {
    return states.stream()
        .filter(row -> row.origin().serverName().equals(server))
        .map(row -> row.value().lifecycle())
        .toList();
  }
}
