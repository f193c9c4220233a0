package io.muster.agent.proxmox;

import io.muster.agent.provider.Event;
import io.muster.agent.provider.VmType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns exports into rows, node by node: what is new, against which baseline, at whose time. Used
 * by the poll's thread alone.
 */
final class NodeMetrics {
  private final SlowFacts facts;
  private final Watermarks watermarks;
  private final RrdBackfill rrd;
  private final NodeClocks clocks = new NodeClocks();
  private final BootTimes bootTimes = new BootTimes();

  /** Newest second of each guest, on whatever node it was then. */
  private final Map<String, Long> lastSeen = new HashMap<>();

  private final Map<String, Ledger> ledgers = new HashMap<>();
  private final Set<String> lastGenerationOnly = new HashSet<>();
  private final Map<String, Event> skewed = new HashMap<>();
  private final Map<String, Resources.Guest> guests = new HashMap<>();

  private Duration reach = Exports.LEAST_REACH;

  NodeMetrics(SlowFacts facts, Watermarks watermarks, RrdBackfill rrd) {
    this.facts = facts;
    this.watermarks = watermarks;
    this.rrd = rrd;
  }

  /** Start of a poll. */
  void begin(Resources resources, Duration interval) {
    Duration twice = interval.multipliedBy(2);
    reach =
        twice.compareTo(Exports.LEAST_REACH) < 0
            ? Exports.LEAST_REACH
            : twice.compareTo(Exports.FARTHEST_REACH) > 0 ? Exports.FARTHEST_REACH : twice;
    guests.clear();
    resources.guests().forEach(guest -> guests.put(guest.id(), guest));
    lastSeen.keySet().retainAll(guests.keySet());
    Set<String> nodes = resources.nodeNames();
    ledgers.keySet().retainAll(nodes);
    lastGenerationOnly.retainAll(nodes);
    skewed.keySet().retainAll(nodes);
    clocks.begin(nodes);
    bootTimes.begin(nodes, guests.keySet());
  }

  /** The marks are others than before: samples that were seen may come again. */
  void startAnew() {
    ledgers.clear();
    lastSeen.clear();
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
    Long taken = watermarks.of(node);
    return taken == null
        ? now.minus(Exports.FIRST_LOOK).getEpochSecond()
        : Math.max(taken - Exports.BASELINES.toSeconds(), now.minus(reach).getEpochSecond());
  }

  /**
   * Takes one node's samples.
   *
   * @param date the node's clock when it answered; null when another one answered for it
   */
  void take(Cycle cycle, Resources resources, String node, Export export, @Nullable Instant date) {
    Long newest = export.newest();
    if (newest == null) {
      lastGenerationOnly.add(node);
      return;
    }
    Duration skew = clocks.offset(node, cycle.now(), newest, date);
    if (NodeClocks.isWrong(skew) || isLeftOver(node, newest, cycle.now(), date)) {
      takeAtTick(cycle, resources, node, export, skew);
    } else {
      takeAtOwnTime(cycle, resources, node, export, date);
    }
  }

  /** Whether the clock is right again, but was not yet when this was measured. */
  private boolean isLeftOver(String node, long newest, Instant now, @Nullable Instant date) {
    return skewed.containsKey(node)
        && (newest > latest(now, date)
            || newest < now.minus(NodeClocks.TOLERATED).getEpochSecond());
  }

  private void takeAtOwnTime(
      Cycle cycle, Resources resources, String node, Export export, @Nullable Instant date) {
    Event before = skewed.remove(node);
    if (before != null) {
      ledgers.remove(node);
      cycle.events.add(SkewEvents.ended(before, cycle.at()));
    }
    Long start = startTime(node, cycle.now());
    Long taken = watermarks.of(node);
    if (lastGenerationOnly.remove(node) && before == null && taken != null) {
      return; // It measures again: from the next poll on it is asked for all since the mark.
    }
    long latest = latest(cycle.now(), date);
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
      long oldest = Backfill.oldest(cycle.now());
      if (taken < oldest - Backfill.UNTOLD.toSeconds() && end > after) {
        rrd.open(cycle, resources, node, taken, oldest, this::lastSeen);
        watermarks.open(Backfill.EXPORT + node, oldest, Math.min(after, end));
      } else {
        watermarks.open(Backfill.EXPORT + node, taken, Math.min(after, end));
      }
    }
    for (Measurement measurement : ledger(node).take(own, after, latest)) {
      addOwn(cycle, node, measurement, measurement.newest());
    }
    watermarks.advance(node, end);
  }

  /** Nothing can have been taken after the marks that this process began with, unless it knows. */
  private long lastSeen(String id, long otherwise) {
    Long adopted = watermarks.adoptedUpTo();
    return lastSeen.getOrDefault(id, adopted == null ? Long.valueOf(otherwise) : adopted);
  }

  /**
   * Takes a part of a node's past that was left out before, whole and alone.
   *
   * @param export with what lies before {@code after} as baselines
   */
  void fill(Cycle cycle, String node, Export export, long after, long until) {
    for (Measurement measurement :
        new Ledger().take(bootTimes.believable(node, export), after, until)) {
      addOwn(cycle, node, measurement, false);
    }
  }

  /** The node's clock is wrong: ours moves the watermark, for nothing else is sure. */
  private void takeAtTick(
      Cycle cycle, Resources resources, String node, Export export, Duration skew) {
    lastGenerationOnly.add(node);
    Long taken = watermarks.of(node);
    Long takenByRightClock = null;
    if (!skewed.containsKey(node)) {
      ledgers.remove(node);
      takenByRightClock = taken;
      Event began = SkewEvents.began(node, facts.clusterName(resources), skew, cycle.at());
      skewed.put(node, began);
      cycle.events.add(began);
    }
    takeLast(cycle, node, export, takenByRightClock);
    if (taken != null) {
      watermarks.advance(node, cycle.at().getEpochSecond());
    }
  }

  /** Without the export: what {@code /cluster/resources} says, at the tick. */
  void takeResources(Cycle cycle, String node, Export ofNode) {
    takeLast(cycle, node, ofNode, null);
  }

  /**
   * @param taken what is not later stands already; null = nothing does
   */
  private void takeLast(Cycle cycle, String node, Export export, @Nullable Long taken) {
    NodeStatusFacts load =
        cycle.at().equals(facts.nodeStatusReadAt.get(node)) ? facts.nodeStatus.get(node) : null;
    for (Measurement measurement : ledger(node).takeLast(export)) {
      if (taken == null || measurement.epochSecond() > taken) {
        add(cycle, node, measurement, cycle.at(), load, true);
      }
    }
  }

  /**
   * At the node's own time a row may be written again: with what the measurement says alone.
   *
   * @param now whether what is known of now belongs to it
   */
  private void addOwn(Cycle cycle, String node, Measurement measurement, boolean now) {
    if (guests.containsKey(measurement.id())) {
      lastSeen.merge(measurement.id(), measurement.epochSecond(), Math::max);
    }
    add(cycle, node, measurement, Instant.ofEpochSecond(measurement.epochSecond()), null, now);
  }

  private Ledger ledger(String node) {
    return ledgers.computeIfAbsent(node, key -> new Ledger());
  }

  private void add(
      Cycle cycle,
      String node,
      Measurement measurement,
      Instant ts,
      @Nullable NodeStatusFacts load,
      boolean now) {
    String id = measurement.id();
    if (id.startsWith("node/")) {
      boolean trustIowait = facts.release != null && facts.release.atLeast(8, 3, 4);
      cycle.samples.add(SampleMaker.node(ts, node, measurement, load, trustIowait));
      return;
    }
    Resources.Guest guest = guests.get(id);
    if (guest == null) {
      return; // deleted since this generation: its last row stands already
    }
    cycle.samples.add(
        SampleMaker.guest(
            ts,
            guest.vmId(),
            guest.type() == VmType.LXC,
            measurement,
            facts.balloonReports(guest),
            now ? guest.hostMemoryBytes() : null));
  }

  /**
   * Whatever is later was taken by a clock that was ahead and is right again: its time is still to
   * come. Date is read a moment after the samples were, and cut to its second.
   */
  private static long latest(Instant now, @Nullable Instant date) {
    return date == null
        ? now.plus(NodeClocks.TOLERATED).getEpochSecond()
        : date.getEpochSecond() + 1;
  }

  /**
   * Whether the guest may have been on this node when samples were taken that are still to come:
   * always, as long as nothing is known of the node.
   */
  boolean mayHaveBeenOn(String node, Resources.Guest guest) {
    Ledger ledger = ledgers.get(node);
    return ledger == null || ledger.knows(guest.id());
  }

  /**
   * Guests of one node out of an answer that holds several and does not say whose is whose.
   *
   * @param left whether a guest that is elsewhere now may have been there
   */
  static Export of(String node, Export all, Resources resources, Predicate<Resources.Guest> left) {
    Set<String> ids =
        resources.guests().stream()
            .filter(guest -> guest.node().equals(node) || left.test(guest))
            .map(Resources.Guest::id)
            .collect(Collectors.toSet());
    ids.add("node/" + node);
    Export own = new Export();
    all.samples()
        .forEach((id, series) -> {
          if (ids.contains(id)) {
            series.forEach((second, measures) -> own.put(id, second, measures));
          }
        });
    return own;
  }
}
