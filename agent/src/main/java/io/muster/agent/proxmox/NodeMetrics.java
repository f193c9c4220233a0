package io.muster.agent.proxmox;

import io.muster.agent.provider.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of the nodes' exports is new, against which baseline, at whose time. Used by the poll's
 * thread alone.
 */
final class NodeMetrics {
  private final SlowFacts facts;
  private final Watermarks watermarks;
  private final RrdBackfill rrd;
  private final NodeClocks clocks = new NodeClocks();
  private final BootTimes bootTimes = new BootTimes();
  private final MeasuredRows rows;
  private final Map<String, Ledger> ledgers = new HashMap<>();
  private final Set<String> lastGenerationOnly = new HashSet<>();
  private final Map<String, Event> skewed = new HashMap<>();
  private Duration reach = Exports.LEAST_REACH;

  NodeMetrics(SlowFacts facts, Watermarks watermarks, RrdBackfill rrd) {
    this.facts = facts;
    this.watermarks = watermarks;
    this.rrd = rrd;
    this.rows = new MeasuredRows(facts);
  }

  /** Start of a poll. */
  void begin(Resources resources, Duration interval) {
    Duration twice = interval.multipliedBy(2);
    reach =
        twice.compareTo(Exports.LEAST_REACH) < 0
            ? Exports.LEAST_REACH
            : twice.compareTo(Exports.FARTHEST_REACH) > 0 ? Exports.FARTHEST_REACH : twice;
    Set<String> nodes = resources.nodeNames();
    ledgers.keySet().retainAll(nodes);
    lastGenerationOnly.retainAll(nodes);
    skewed.keySet().retainAll(nodes);
    clocks.begin(nodes);
    rows.begin(resources);
    bootTimes.begin(nodes, rows.guests());
  }

  /** The marks are others than before: samples that were seen may come again. */
  void startAnew() {
    ledgers.clear();
    rows.forgetSeen();
  }

  /** The worst clock of this poll minus ours; null when none was seen. */
  @Nullable Long worstSkewMs() {
    return clocks.worstMs();
  }

  boolean skewed(String node) {
    return skewed.containsKey(node);
  }

  /** From when to ask a node, on its own clock; null = its last generation alone. */
  @Nullable Long startTime(String node, Instant now) {
    if (lastGenerationOnly.contains(node)) {
      return null;
    }
    Instant there = clocks.at(node, now);
    Long taken = watermarks.of(node);
    return taken == null
        ? there.minus(Exports.FIRST_LOOK).getEpochSecond()
        : Math.max(taken - Exports.BASELINES.toSeconds(), there.minus(reach).getEpochSecond());
  }

  /**
   * Takes one node's samples, since the time that {@link #startTime} gave for this poll.
   *
   * @param date the node's clock when it answered; null when another one answered for it
   */
  void take(Cycle cycle, Resources resources, String node, Export export, @Nullable Instant date) {
    Long start = startTime(node, cycle.now());
    if (date != null) {
      clocks.read(node, cycle.now(), date);
    }
    Long newest = export.newest();
    if (newest == null) {
      if (Objects.equals(start, startTime(node, cycle.now()))) {
        lastGenerationOnly.add(node); // it was not asked too late for its clock
      }
      return;
    }
    Duration skew = clocks.offset(node, cycle.now(), newest, date);
    if (NodeClocks.isWrong(skew) || isLeftOver(node, newest, cycle.now(), date)) {
      takeAtTick(cycle, resources, node, export, skew);
    } else {
      takeAtOwnTime(cycle, resources, node, export, start, date);
    }
  }

  /** Whether the clock is right again, but was not yet when this was measured. */
  private boolean isLeftOver(String node, long newest, Instant now, @Nullable Instant date) {
    return skewed.containsKey(node)
        && (newest > NodeClocks.latest(now, date)
            || newest < now.minus(NodeClocks.TOLERATED).getEpochSecond());
  }

  private void takeAtOwnTime(
      Cycle cycle,
      Resources resources,
      String node,
      Export export,
      @Nullable Long start,
      @Nullable Instant date) {
    Event before = skewed.remove(node);
    if (before != null) {
      ledgers.remove(node);
      cycle.events.add(SkewEvents.ended(before, cycle.at()));
    }
    Long taken = watermarks.of(node);
    if (lastGenerationOnly.remove(node) && before == null && taken != null) {
      return; // It measures again: from the next poll on it is asked for all since the mark.
    }
    long latest = NodeClocks.latest(cycle.now(), date);
    bootTimes.learn(export, cycle.now().getEpochSecond(), latest);
    Export own = bootTimes.believable(node, export);
    Long end = own.newest(latest);
    if (end == null) {
      return; // What it measured last it measured while its clock was ahead.
    }
    Long after = taken;
    if (taken == null) {
      watermarks.open(Backfill.EXPORT + node, Backfill.oldest(cycle.now()), end - 1);
    } else if (start != null) {
      after = Math.max(taken, start + Exports.BASELINES.toSeconds());
      leaveOut(cycle, resources, node, taken, Math.min(after, end));
    }
    for (Measurement measurement : ledger(node).take(own, after, latest)) {
      rows.addOwn(cycle, node, measurement, measurement.newest());
    }
    watermarks.advance(node, end);
  }

  /** For backfill: from the export as far as it reaches, before that from RRD. */
  private void leaveOut(Cycle cycle, Resources resources, String node, long after, long until) {
    long oldest = Backfill.oldest(cycle.now());
    if (after < oldest - Backfill.UNTOLD.toSeconds()) {
      rrd.open(cycle, resources, node, after, oldest, this::lastSeen);
      watermarks.open(Backfill.EXPORT + node, oldest, until);
    } else {
      watermarks.open(Backfill.EXPORT + node, after, until);
    }
  }

  /** Nothing can have been taken after the marks that this process began with, unless it knows. */
  private long lastSeen(String id, long otherwise) {
    Long seen = rows.lastSeen(id);
    Long adopted = watermarks.adoptedUpTo();
    return seen != null ? seen : adopted != null ? adopted : otherwise;
  }

  /**
   * Takes a part of a node's past that was left out before, whole and alone.
   *
   * @param export with what lies before {@code after} as baselines
   */
  void fill(Cycle cycle, String node, Export export, long after, long until) {
    for (Measurement measurement :
        new Ledger().take(bootTimes.believable(node, export), after, until)) {
      rows.addOwn(cycle, node, measurement, false);
    }
  }

  /** The node's clock is wrong: ours moves the watermark, for nothing else is sure. */
  private void takeAtTick(
      Cycle cycle, Resources resources, String node, Export export, Duration skew) {
    lastGenerationOnly.add(node);
    boolean begins = !skewed.containsKey(node);
    if (begins) {
      Event began = SkewEvents.began(node, facts.clusterName(resources), skew, cycle.at());
      skewed.put(node, began);
      cycle.events.add(began);
    }
    takeLast(cycle, node, export, begins);
    if (watermarks.of(node) != null) {
      watermarks.advance(node, cycle.at().getEpochSecond());
    }
  }

  /** Without the export: what {@code /cluster/resources} says, at the tick. */
  void takeResources(Cycle cycle, String node, Export ofNode) {
    takeLast(cycle, node, ofNode, false);
  }

  /**
   * @param clockWasSet the time since the sample before is not known
   */
  private void takeLast(Cycle cycle, String node, Export export, boolean clockWasSet) {
    for (Measurement measurement : ledger(node).takeLast(export, clockWasSet)) {
      if (!export.isPart() || !rows.isElsewhere(measurement.id(), node)) {
        rows.addAtTick(cycle, node, measurement);
      }
    }
  }

  private Ledger ledger(String node) {
    return ledgers.computeIfAbsent(node, key -> new Ledger());
  }

  /**
   * Whether the guest may have been on this node when samples were taken that are still to come:
   * always, as long as nothing is known of the node.
   */
  boolean mayHaveBeenOn(String node, Resources.Guest guest) {
    Ledger ledger = ledgers.get(node);
    return ledger == null || ledger.knows(guest.id());
  }
}
