package io.muster.simulator.proxmox.world.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A VM or container. Guarded by the world's lock. */
public final class Guest {
  private static final double HOST_OVERHEAD = 1.04;

  private final int vmid;
  private final GuestType type;
  private final long createdMs;
  private final GuestConfig config;
  private final GuestLoad load;
  private final Timeline timeline;
  private final Map<String, Snapshot> snapshots = new LinkedHashMap<>();
  private @Nullable String currentParent;
  private @Nullable String lock;
  private @Nullable String pool;
  private @Nullable String haState;
  private boolean agentAnswers;
  private boolean ignoresPowerButton;

  Guest(int vmid, GuestType type, long createdMs, GuestConfig config, long seed, Span first) {
    this.vmid = vmid;
    this.type = type;
    this.createdMs = createdMs;
    this.config = config;
    this.load = new GuestLoad(seed, vmid);
    this.timeline = new Timeline(first);
  }

  public int vmid() {
    return vmid;
  }

  public GuestType type() {
    return type;
  }

  /** As in resources and the export: {@code qemu/100}. */
  public String id() {
    return type.word() + "/" + vmid;
  }

  public long createdMs() {
    return createdMs;
  }

  public GuestConfig config() {
    return config;
  }

  public String node() {
    return timeline.last().node();
  }

  public RunState state() {
    return timeline.last().state();
  }

  public boolean isTemplate() {
    return config.isSet("template");
  }

  public Map<String, Snapshot> snapshots() {
    return snapshots;
  }

  /** The snapshot that the present state descends from, or null. */
  public @Nullable String currentParent() {
    return currentParent;
  }

  public void currentParent(@Nullable String snapshot) {
    currentParent = snapshot;
  }

  /** Such as {@code backup}, or null when free. */
  public @Nullable String lock() {
    return lock;
  }

  public void lock(@Nullable String word) {
    lock = word;
  }

  public @Nullable String pool() {
    return pool;
  }

  public void pool(@Nullable String id) {
    pool = id;
  }

  /** State that HA is asked to keep, such as {@code started}; null when HA does not manage it. */
  public @Nullable String haState() {
    return haState;
  }

  public void haState(@Nullable String state) {
    haState = state;
  }

  /** Whether the guest agent inside answers while the guest runs. */
  public boolean agentAnswers() {
    return agentAnswers;
  }

  public void agentAnswers(boolean answers) {
    agentAnswers = answers;
  }

  /** Whether a shutdown request goes unheard, as without ACPI or at a boot loader. */
  public boolean ignoresPowerButton() {
    return ignoresPowerButton;
  }

  public void ignoresPowerButton(boolean ignores) {
    ignoresPowerButton = ignores;
  }

  /** A fresh process, whose counters begin at zero. */
  void started(long ms, String node) {
    timeline.add(new Span(ms, node, RunState.RUNNING, ms, Counters.ZERO));
  }

  void stopped(long ms, String node) {
    timeline.add(new Span(ms, node, RunState.STOPPED, 0, Counters.ZERO));
  }

  /** A process that exists goes on in a fresh one over there, which may be paused as it was. */
  void moved(long ms, String node, boolean alive) {
    if (alive && state().isAlive()) {
      timeline.add(new Span(ms, node, state(), ms, Counters.ZERO));
    } else {
      stopped(ms, node);
    }
  }

  /** Uptime and counters start anew, though the process goes on. */
  void resetCounters(long ms) {
    if (state().isAlive()) {
      timeline.add(new Span(ms, node(), state(), ms, Counters.ZERO));
    }
  }

  /** Its node went down or it was deleted. */
  void vanished(long ms) {
    timeline.add(new Span(ms, node(), RunState.ABSENT, 0, Counters.ZERO));
  }

  void paused(long ms) {
    same(ms, RunState.PAUSED);
  }

  void resumed(long ms) {
    same(ms, RunState.RUNNING);
  }

  private void same(long ms, RunState state) {
    Span last = timeline.last();
    timeline.add(new Span(ms, last.node(), state, last.startedMs(), counters(last, ms)));
  }

  /** Where it was and what it did then, or null when it did not exist. */
  @Nullable Span at(long ms) {
    return timeline.at(ms);
  }

  List<Span> between(long fromMs, long toMs) {
    return timeline.between(fromMs, toMs);
  }

  long endOf(Span span) {
    return timeline.endOf(span);
  }

  /** What was before is forgotten. */
  long knownSinceMs() {
    return timeline.knownSinceMs();
  }

  /** When anything last happened to it. */
  long lastChangeMs() {
    return timeline.last().fromMs();
  }

  GuestLoad load() {
    return load;
  }

  /** Whether a node ever sampled it, so that RRD has a file. */
  public boolean everAlive() {
    return timeline.everAlive();
  }

  /** What would be measured now, as {@code status/current} does. */
  public GuestSample sampleNow(long ms) {
    return sample(timeline.last(), ms);
  }

  GuestSample sample(Span span, long ms) {
    if (!span.state().isAlive()) {
      return new GuestSample(span.state(), 0, 0, 0, 0, 0, 0, Counters.ZERO);
    }
    boolean runs = span.state() == RunState.RUNNING;
    double cpu = runs ? load.cpu(ms, ms) : 0;
    long mem = (long) (config.memoryBytes() * load.memory(ms, ms));
    boolean vm = type == GuestType.QEMU;
    return new GuestSample(
        span.state(),
        Math.max(0, (ms - span.startedMs()) / 1000),
        cpu,
        mem,
        vm ? (long) (mem * HOST_OVERHEAD) : 0,
        vm ? 0 : (long) (config.diskBytes() * load.disk()),
        100 * cpu * cpu / 4,
        counters(span, ms));
  }

  private Counters counters(Span span, long ms) {
    return span.state() == RunState.RUNNING
        ? load.grown(span.base(), span.fromMs(), ms)
        : span.base();
  }
}
