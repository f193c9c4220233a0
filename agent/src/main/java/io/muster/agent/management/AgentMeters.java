package io.muster.agent.management;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.muster.agent.metrics.ConnectionAttempt;
import io.muster.agent.metrics.WriterStatus;
import io.muster.agent.poll.PollListener;
import io.muster.agent.poll.ServerStatus;
import io.muster.protocol.Failure;
import io.muster.protocol.Server;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** The agent's meters: polls by server, the writer's counters, the JVM. */
public final class AgentMeters implements PollListener, AutoCloseable {
  private static final String SERVER = "server";

  private final MeterRegistry registry;
  private final JvmGcMetrics garbage = new JvmGcMetrics();
  private final Map<String, AtomicInteger> up = new ConcurrentHashMap<>();

  /** Function counters hold what they watch weakly. */
  private final List<Object> watched = new CopyOnWriteArrayList<>();

  public AgentMeters(MeterRegistry registry) {
    this.registry = registry;
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    garbage.bindTo(registry);
  }

  /** Adds what the writer counts; asked at each scrape. */
  public void watchWriter(Supplier<WriterStatus> writer) {
    watched.add(writer);
    counter("muster.rows.written", "acknowledged by QuestDB", writer, WriterStatus::rowsWritten);
    counter("muster.rows.dropped", "found no room", writer, WriterStatus::rowsDropped);
    counter("muster.rows.quarantined", "refused", writer, WriterStatus::rowsQuarantined);
    counter("muster.rows.spooled", "went to disk", writer, WriterStatus::rowsSpooled);
    gauge("muster.rows.buffered", "wait in memory", writer, WriterStatus::rowsBuffered);
    gauge("muster.buffer.capacity.rows", "at most", writer, WriterStatus::bufferCapacity);
    gauge("muster.spool.bytes", "wait on disk", writer, WriterStatus::spoolBytes);
    gauge(
        "muster.write.lag.seconds",
        "age of the oldest row that waits",
        writer,
        status -> status.writeLagMs() / 1000);
    gauge(
        "muster.questdb.connected",
        "1 = the last request to QuestDB succeeded",
        writer,
        status -> status.connected() ? 1 : 0);
  }

  /** Adds how far polls are behind their plan. */
  public void watchServers(Supplier<List<ServerStatus>> servers) {
    Gauge.builder("muster.servers", servers, all -> all.get().size())
        .description("servers of the inventory")
        .strongReference(true)
        .register(registry);
    Gauge.builder(
            "muster.poll.lag.seconds",
            servers,
            all -> all.get().stream().mapToDouble(s -> s.late().toNanos() / 1e9).max().orElse(0))
        .description("how far the latest server's newest poll is behind its plan")
        .strongReference(true)
        .register(registry);
  }

  @Override
  public void attempted(Server server, ConnectionAttempt attempt, Duration elapsed) {
    Tags tags = tags(server);
    Failure failure = attempt.failure();
    registry
        .counter(
            "muster.polls",
            tags.and(
                "outcome", failure == null ? "success" : failure.name().toLowerCase(Locale.ROOT)))
        .increment();
    registry.counter("muster.poll.api.calls", tags).increment(attempt.apiCalls());
    registry.counter("muster.poll.rows", tags).increment(attempt.rowsRead());
    registry.timer("muster.poll", tags).record(elapsed);
    up.computeIfAbsent(
            server.entry().name(),
            name -> registry.gauge("muster.server.up", tags, new AtomicInteger()))
        .set(attempt.success() ? 1 : 0);
  }

  @Override
  public void missed(Server server, int ticks) {
    registry.counter("muster.poll.missed.ticks", tags(server)).increment(ticks);
  }

  @Override
  public void gone(Server server) {
    String name = server.entry().name();
    up.remove(name);
    for (Meter meter : registry.getMeters()) {
      if (name.equals(meter.getId().getTag(SERVER))) {
        registry.remove(meter);
      }
    }
  }

  @Override
  public void close() {
    garbage.close();
  }

  private void counter(
      String name,
      String description,
      Supplier<WriterStatus> writer,
      ToDoubleFunction<WriterStatus> value) {
    FunctionCounter.builder(name, writer, w -> value.applyAsDouble(w.get()))
        .description("rows: " + description)
        .register(registry);
  }

  private void gauge(
      String name,
      String description,
      Supplier<WriterStatus> writer,
      ToDoubleFunction<WriterStatus> value) {
    Gauge.builder(name, writer, w -> value.applyAsDouble(w.get()))
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  private static Tags tags(Server server) {
    return Tags.of(SERVER, server.entry().name(), "provider", server.kind().label());
  }
}
