package io.muster.simulator.proxmox.world.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which samples the status daemons of a cluster took: what a poller that missed nothing has. A
 * node's clock names them, so one that was set back names two alike.
 */
public final class Produced {
  /** So many numbers are some 50 MB of JSON; a longer stretch can be asked for in parts. */
  private static final int MOST = 4_000_000;

  private final Cluster cluster;
  private final long fromSecond;
  private final long toSecond;
  private final SortedMap<String, SortedSet<Long>> seconds = new TreeMap<>();
  private int count;

  private Produced(Cluster cluster, long fromSecond, long toSecond) {
    this.cluster = cluster;
    this.fromSecond = fromSecond;
    this.toSecond = toSecond;
  }

  /** A round of a status daemon. */
  private record Round(long ms, long second) {}

  /**
   * By the ids that the export has, such as {@code node/pve1} and {@code qemu/100}: the epoch
   * seconds of all samples in (from, to], in order.
   */
  public static SortedMap<String, SortedSet<Long>> between(
      Cluster cluster, long fromSecond, long toSecond) {
    long known = cluster.residents().knownSinceMs();
    if (fromSecond < Math.ceilDiv(known, 1000L)) {
      throw new IllegalArgumentException(
          "Too much has happened since: 'from' must be "
              + Math.ceilDiv(known, 1000L)
              + " or later");
    }
    return new Produced(cluster, fromSecond, toSecond).collect();
  }

  private SortedMap<String, SortedSet<Long>> collect() {
    for (Node node : cluster.members()) {
      List<Round> rounds = rounds(node);
      rounds.forEach(round -> add("node/" + node.name(), round));
      for (Guest guest : cluster.residents().ever()) {
        for (Round round : rounds) {
          Span span = guest.at(round.ms());
          if (span != null && span.isMeasuredOn(node.name())) {
            add(guest.id(), round);
          }
        }
      }
    }
    return seconds;
  }

  private List<Round> rounds(Node node) {
    List<Round> rounds = new ArrayList<>();
    for (NodeClock.Era era : node.clock().eras()) {
      long after = 1000 * (fromSecond + 1 - era.offsetSeconds());
      long before = 1000 * (toSecond + 1 - era.offsetSeconds());
      for (long beat :
          node.beatsBetween(
              Math.max(after, era.fromMs()),
              Math.min(Math.min(before, era.toMs()), cluster.now() + 1))) {
        rounds.add(new Round(beat, node.clock().second(beat)));
      }
    }
    return rounds;
  }

  private void add(String id, Round round) {
    if (++count > MOST) {
      throw new IllegalArgumentException(
          "More than " + MOST + " samples: ask for a shorter stretch, 'from' to 'to'");
    }
    seconds.computeIfAbsent(id, ignored -> new TreeSet<>()).add(round.second());
  }
}
