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
  /** A clock further off than this would put rows where nobody looks for them. */
  static final Duration TOLERATED_SKEW = Duration.ofSeconds(60);

  private final SlowFacts facts;
  private final Watermarks watermarks;
  private final RrdBackfill rrd;

  /** Newest second of each guest, on whatever node it was then. */
  private final Map<String, Long> lastSeen = new HashMap<>();

  private final Map<String, Ledger> ledgers = new HashMap<>();
  private final Set<String> lastGenerationOnly = new HashSet<>();
  private final Map<String, Event> skewed = new HashMap<>();
  private final Map<String, Resources.Guest> guests = new HashMap<>();

  /** Until when a node's samples may carry times that it was not. */
  private final Map<String, Long> doubtfulUntil = new HashMap<>();

  private Duration reach = Exports.LEAST_REACH;
  private @Nullable Long worstSkewMs;

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
    worstSkewMs = null;
    guests.clear();
    resources.guests().forEach(guest -> guests.put(guest.id(), guest));
    lastSeen.keySet().retainAll(guests.keySet());
    Set<String> nodes = resources.nodeNames();
    ledgers.keySet().retainAll(nodes);
    lastGenerationOnly.retainAll(nodes);
    skewed.keySet().retainAll(nodes);
    doubtfulUntil.keySet().retainAll(nodes);
  }

  /** The marks are others than before: samples that were seen may come again. */
  void startAnew() {
    ledgers.clear();
    lastSeen.clear();
  }

  /** The worst clock of this poll minus ours; null when none was seen. */
  @Nullable Long worstSkewMs() {
    return worstSkewMs;
  }

  boolean skewed(String node) {
    return skewed.containsKey(node);
  }

  /** From when to ask a node, on its own clock; null = its last generation alone. */
  @Nullable Long startTime(String node, Instant now) {
    long doubtful = doubtfulUntil.getOrDefault(node, Long.MIN_VALUE);
    if (lastGenerationOnly.contains(node)
        || now.minus(Exports.BASELINES).getEpochSecond() <= doubtful) {
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
    Duration skew = skew(cycle.now(), newest, date);
    noteSkew(skew);
    if (skew.abs().compareTo(TOLERATED_SKEW) > 0) {
      takeAtTick(cycle, resources, node, export, skew);
    } else {
      takeAtOwnTime(cycle, resources, node, export, date);
    }
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
    Long end = export.newest(latest);
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
    for (Measurement measurement : ledger(node).take(export, after, latest)) {
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
    for (Measurement measurement : new Ledger().take(export, after, until)) {
      addOwn(cycle, node, measurement, false);
    }
  }

  /** The node's clock is wrong: ours moves the watermark, for nothing else is sure. */
  private void takeAtTick(
      Cycle cycle, Resources resources, String node, Export export, Duration skew) {
    lastGenerationOnly.add(node);
    if (!skewed.containsKey(node)) {
      ledgers.remove(node);
      Event began = SkewEvents.began(node, facts.clusterName(resources), skew, cycle.at());
      skewed.put(node, began);
      cycle.events.add(began);
    }
    Long newest = export.newest();
    if (newest != null) {
      doubtfulUntil.merge(node, newest, Math::max);
    }
    takeNewest(cycle, node, export);
    if (watermarks.of(node) != null) {
      watermarks.advance(node, cycle.at().getEpochSecond());
    }
  }

  /** Without the export: what {@code /cluster/resources} says, at the tick. */
  void takeResources(Cycle cycle, String node, Export ofNode) {
    takeNewest(cycle, node, ofNode);
  }

  private void takeNewest(Cycle cycle, String node, Export export) {
    NodeStatusFacts load =
        cycle.at().equals(facts.nodeStatusReadAt.get(node)) ? facts.nodeStatus.get(node) : null;
    for (Measurement measurement : ledger(node).take(export, null, Long.MAX_VALUE)) {
      add(cycle, node, measurement, cycle.at(), load, true);
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

  /** Date has no fraction of a second: the middle of it is wrong by half of one at most. */
  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

  /** By Date; without it only a clock that is ahead can be told from a late sample. */
  private static Duration skew(Instant now, long newest, @Nullable Instant date) {
    if (date != null) {
      return Duration.between(now, date.plus(HALF_A_SECOND));
    }
    Duration ahead = Duration.between(now, Instant.ofEpochSecond(newest));
    return ahead.compareTo(TOLERATED_SKEW) > 0 ? ahead : Duration.ZERO;
  }

  /**
   * Whatever is later was taken by a clock that was ahead and is right again: its time is still to
   * come. Date is read a moment after the samples were, and cut to its second.
   */
  private static long latest(Instant now, @Nullable Instant date) {
    return date == null ? now.plus(TOLERATED_SKEW).getEpochSecond() : date.getEpochSecond() + 1;
  }

  private void noteSkew(Duration skew) {
    long millis = skew.toMillis();
    if (worstSkewMs == null || Math.abs(millis) > Math.abs(worstSkewMs)) {
      worstSkewMs = millis;
    }
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
