package io.muster.agent.metrics;

import com.sun.management.OperatingSystemMXBean;
import io.muster.agent.metrics.Tables.AgentRow;
import io.muster.agent.metrics.Tables.AttemptRow;
import io.muster.agent.provider.Changes;
import io.muster.agent.provider.Event;
import io.muster.agent.provider.Sample;
import io.muster.agent.provider.Snapshot;
import io.muster.protocol.ServerId;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns what polls saw into rows in the buffer. */
final class MetricsRecorder implements Recorder {
  private final String site;
  private final String agent;
  private final StateJournal journal;
  private final ProgressJournal progress;
  private final RowBuffer buffer;
  private final Supplier<WriterStatus> status;

  MetricsRecorder(
      String site,
      String agent,
      StateJournal journal,
      ProgressJournal progress,
      RowBuffer buffer,
      Supplier<WriterStatus> status) {
    this.site = site;
    this.agent = agent;
    this.journal = journal;
    this.progress = progress;
    this.buffer = buffer;
    this.status = status;
  }

  @Override
  public int snapshot(Origin origin, Instant tick, Snapshot snapshot) {
    List<Row<?>> rows = new ArrayList<>(journal.snapshot(origin, tick, snapshot));
    for (Sample sample : snapshot.samples()) {
      rows.add(Tables.row(origin, sample));
    }
    rows.addAll(rows(origin, snapshot.events()));
    progress.recorded(origin.serverId(), snapshot.progress());
    buffer.offer(rows, new Handover(origin.serverId(), snapshot.progress()));
    return snapshot.nodes().size()
        + snapshot.vms().size()
        + snapshot.samples().size()
        + snapshot.events().size();
  }

  @Override
  public void changes(Origin origin, Changes changes) {
    List<Row<?>> rows = new ArrayList<>(journal.changes(origin, changes));
    rows.addAll(rows(origin, changes.events()));
    buffer.offer(rows);
  }

  private static List<Row<?>> rows(Origin origin, List<Event> events) {
    List<Row<?>> rows = new ArrayList<>(events.size());
    for (Event event : events) {
      rows.add(new Row<>(Tables.EVENTS, origin, event.startedAt(), event));
    }
    return rows;
  }

  @Override
  public void attempt(Origin origin, ConnectionAttempt attempt) {
    buffer.offer(
        List.of(
            new Row<>(
                Tables.CONNECTION_METRICS, origin, attempt.ts(), new AttemptRow(agent, attempt))));
  }

  @Override
  public void serverState(Origin origin, Instant tick, ServerState state) {
    buffer.offer(journal.state(origin, tick, state));
  }

  @Override
  public void inventory(Set<ServerId> present, Instant tick) {
    progress.retain(present);
    buffer.offer(journal.retain(present, tick));
  }

  @Override
  public void agent(AgentSample sample) {
    Runtime runtime = Runtime.getRuntime();
    AgentRow row =
        new AgentRow(
            site,
            agent,
            sample,
            status.get(),
            runtime.totalMemory() - runtime.freeMemory(),
            processCpuRatio());
    buffer.offer(List.of(new Row<>(Tables.AGENT_METRICS, null, sample.ts(), row)));
  }

  /** Null until the JVM has measured it. */
  private static @Nullable Double processCpuRatio() {
    double load =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuLoad();
    return load < 0 ? null : load;
  }
}
