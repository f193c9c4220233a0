package io.muster.agent.proxmox;

import io.muster.agent.provider.VmType;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes rows of what nodes and guests measured. Used by the poll's thread alone. */
final class MeasuredRows {
  private final SlowFacts facts;
  private final Map<String, Resources.Guest> guests = new HashMap<>();

  /** Of this poll: a guest that moved is in the parts of two nodes. */
  private final Set<Written> written = new HashSet<>();

  /** Newest second of each guest, on whatever node it was then. */
  private final Map<String, Long> lastSeen = new HashMap<>();

  MeasuredRows(SlowFacts facts) {
    this.facts = facts;
  }

  private record Written(String id, long epochSecond) {}

  /** Start of a poll. */
  void begin(Resources resources) {
    written.clear();
    guests.clear();
    resources.guests().forEach(guest -> guests.put(guest.id(), guest));
    lastSeen.keySet().retainAll(guests.keySet());
  }

  /** Ids of all that are listed now. */
  Set<String> guests() {
    return guests.keySet();
  }

  /** Whether this is a guest that is listed on another node now. */
  boolean isElsewhere(String id, String node) {
    Resources.Guest guest = guests.get(id);
    return guest != null && !guest.node().equals(node);
  }

  /** What was seen counts no more. */
  void forgetSeen() {
    lastSeen.clear();
  }

  /** When a guest last made a row; null = not since this process began. */
  @Nullable Long lastSeen(String id) {
    return lastSeen.get(id);
  }

  /**
   * At the node's own time, at which a row may be written again: with what the measurement says
   * alone.
   *
   * @param now whether what is known of now belongs to it
   */
  void addOwn(Cycle cycle, String node, Measurement measurement, boolean now) {
    if (!written.add(new Written(measurement.id(), measurement.epochSecond()))) {
      return;
    }
    if (guests.containsKey(measurement.id())) {
      lastSeen.merge(measurement.id(), measurement.epochSecond(), Math::max);
    }
    add(cycle, node, measurement, Instant.ofEpochSecond(measurement.epochSecond()), null, now);
  }

  /** At the tick, with what was asked at the same tick. */
  void addAtTick(Cycle cycle, String node, Measurement measurement) {
    NodeStatusFacts load =
        cycle.at().equals(facts.nodeStatusReadAt.get(node)) ? facts.nodeStatus.get(node) : null;
    add(cycle, node, measurement, cycle.at(), load, true);
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
}
