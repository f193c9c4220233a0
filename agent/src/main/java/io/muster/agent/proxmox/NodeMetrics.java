package io.muster.agent.proxmox;

import io.muster.agent.provider.Event;
import io.muster.agent.provider.VmType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
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
  private final Map<String, Ledger> ledgers = new HashMap<>();
  private final Set<String> lastGenerationOnly = new HashSet<>();
  private final Map<String, Event> skewed = new HashMap<>();
  private final Map<String, Resources.Guest> guests = new HashMap<>();
  private @Nullable Long worstSkewMs;

  NodeMetrics(SlowFacts facts, Watermarks watermarks) {
    this.facts = facts;
    this.watermarks = watermarks;
  }

  /** Start of a poll. */
  void begin(Resources resources) {
    worstSkewMs = null;
    guests.clear();
    resources.guests().forEach(guest -> guests.put(guest.id(), guest));
    Set<String> nodes = resources.nodeNames();
    ledgers.keySet().retainAll(nodes);
    lastGenerationOnly.retainAll(nodes);
    skewed.keySet().retainAll(nodes);
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
    if (lastGenerationOnly.contains(node)) {
      return null;
    }
    Long taken = watermarks.of(node);
    return taken == null
        ? now.minus(Exports.FIRST_LOOK).getEpochSecond()
        : Math.max(
            taken - Exports.BASELINES.toSeconds(), now.minus(Exports.CATCH_UP).getEpochSecond());
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
      takeAtOwnTime(cycle, node, export, newest);
    }
  }

  private void takeAtOwnTime(Cycle cycle, String node, Export export, long newest) {
    Event before = skewed.remove(node);
    if (before != null) {
      ledgers.remove(node);
      cycle.events.add(SkewEvents.ended(before, cycle.at()));
    }
    lastGenerationOnly.remove(node);
    long latest = cycle.now().plus(TOLERATED_SKEW).getEpochSecond();
    for (Measurement measurement : ledger(node).take(export, watermarks.of(node), latest)) {
      add(cycle, node, measurement, Instant.ofEpochSecond(measurement.epochSecond()));
    }
    watermarks.advance(node, Math.min(newest, latest));
  }

  /** The watermark stays: a clock that is wrong must not move it. */
  private void takeAtTick(
      Cycle cycle, Resources resources, String node, Export export, Duration skew) {
    lastGenerationOnly.add(node);
    if (!skewed.containsKey(node)) {
      ledgers.remove(node);
      Event began = SkewEvents.began(node, facts.clusterName(resources), skew, cycle.at());
      skewed.put(node, began);
      cycle.events.add(began);
    }
    for (Measurement measurement : ledger(node).take(export, null, Long.MAX_VALUE)) {
      add(cycle, node, measurement, cycle.at());
    }
  }

  /** Without the export: what {@code /cluster/resources} says, at the tick. */
  void takeResources(Cycle cycle, String node, Export ofNode) {
    for (Measurement measurement : ledger(node).take(ofNode, null, Long.MAX_VALUE)) {
      add(cycle, node, measurement, cycle.at());
    }
  }

  private Ledger ledger(String node) {
    return ledgers.computeIfAbsent(node, key -> new Ledger());
  }

  private void add(Cycle cycle, String node, Measurement measurement, Instant ts) {
    String id = measurement.id();
    if (id.startsWith("node/")) {
      NodeStatusFacts load =
          cycle.at().equals(facts.nodeStatusReadAt.get(node)) ? facts.nodeStatus.get(node) : null;
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
            guest.hostMemoryBytes()));
  }

  /** Date has no fraction of a second: the middle of it is wrong by half of one at most. */
  private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

  /** By Date; without it only a clock that is ahead can be told from a late sample. */
  private static Duration skew(Instant now, long newest, @Nullable Instant date) {
    Duration ahead = Duration.between(now, Instant.ofEpochSecond(newest));
    Duration byDate =
        date == null ? Duration.ZERO : Duration.between(now, date.plus(HALF_A_SECOND));
    return ahead.compareTo(TOLERATED_SKEW) > 0 ? ahead : byDate;
  }

  private void noteSkew(Duration skew) {
    long millis = skew.toMillis();
    if (worstSkewMs == null || Math.abs(millis) > Math.abs(worstSkewMs)) {
      worstSkewMs = millis;
    }
  }

  /** Guests of one node out of an answer that holds several. */
  static Export of(String node, Export all, Resources resources) {
    Set<String> ids =
        resources.guests().stream()
            .filter(guest -> guest.node().equals(node))
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
