package io.muster.agent.proxmox;

import io.muster.agent.provider.Gap;
import io.muster.agent.provider.Progress.Hole;
import io.muster.agent.provider.Sample;
import io.muster.agent.provider.VmType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fills what is older than the exports from RRD, object by object, nodes first: one object of each
 * node at a time, for Proxmox reads its files in the few workers that do everything else too.
 */
final class RrdBackfill {
  /** Names of the holes that RRD fills: an object's id follows, such as {@code qemu/100}. */
  private static final String RRD = "rrd/";

  /** Spans of the time frames, finest first; the last is farther than anything is kept. */
  private enum Frame {
    HOUR(Duration.ofMinutes(70), Duration.ofMinutes(60)),
    DAY(Duration.ofHours(35), Duration.ofHours(24)),
    WEEK(Duration.ofDays(8), Duration.ofDays(7)),
    MONTH(Duration.ofDays(35), Duration.ofDays(30));

    private final Duration before9;
    private final Duration since9;

    Frame(Duration before9, Duration since9) {
      this.before9 = before9;
      this.since9 = since9;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    long seconds(boolean nine) {
      return (nine ? since9 : before9).toSeconds();
    }
  }

  private final NodeRoutes routes;
  private final SlowFacts facts;
  private final Watermarks marks;
  private final Duration reach;

  /**
   * @param reach how far back RRD is read; zero = never
   */
  RrdBackfill(NodeRoutes routes, SlowFacts facts, Watermarks marks, Duration reach) {
    this.routes = routes;
    this.facts = facts;
    this.marks = marks;
    this.reach = reach;
  }

  /**
   * A node's past is older than its export.
   *
   * @param after its last known second
   * @param until from there on the export has everything
   * @param lastKnown when its guests were last seen, on whatever node
   */
  void open(
      Cycle cycle, Resources resources, String node, long after, long until, LastKnown lastKnown) {
    long limit = Math.min(until, cycle.now().minus(reach).getEpochSecond());
    if (after < limit) {
      String why =
          reach.isZero()
              ? "the node's export keeps 30 minutes. MUSTER_BACKFILL_HOURS reads more from RRD"
              : "older than MUSTER_BACKFILL_HOURS (" + reach.toHours() + ")";
      cycle.events.add(GapEvents.unfilled(node, facts.clusterName(resources), after, limit, why));
    }
    if (reach.isZero()) {
      return;
    }
    long from = Math.max(after, limit);
    marks.open(RRD + "node/" + node, from, until);
    for (Resources.Guest guest : resources.guests()) {
      if (guest.node().equals(node)) {
        marks.open(RRD + guest.id(), Math.max(from, lastKnown.of(guest.id(), after)), until);
      }
    }
  }

  /**
   * The export has lost more meanwhile: RRD goes on as far as that.
   *
   * @return false when RRD is not read for this gap
   */
  boolean lengthen(Resources resources, String node, long after, long until) {
    Hole own = marks.hole(RRD + "node/" + node);
    if (own == null || own.until() != after) {
      return after >= until;
    }
    lengthen("node/" + node, after, until);
    for (Resources.Guest guest : resources.guests()) {
      if (guest.node().equals(node)) {
        lengthen(guest.id(), after, until);
      }
    }
    return true;
  }

  private void lengthen(String id, long after, long until) {
    Hole hole = marks.hole(RRD + id);
    if (hole != null && hole.until() == after) {
      marks.open(RRD + id, after, until);
    }
  }

  /** When an object was last seen before the gap. */
  @FunctionalInterface
  interface LastKnown {
    long of(String id, long otherwise);
  }

  /** Holes of what is not there any more, and of what even RRD has forgotten. */
  void tidy(Resources resources, Instant now) {
    Set<String> listed = new HashSet<>();
    resources.nodes().forEach(node -> listed.add(RRD + "node/" + node.name()));
    resources.guests().forEach(guest -> listed.add(RRD + guest.id()));
    long limit = now.minus(reach).getEpochSecond();
    marks
        .holes(RRD)
        .forEach((name, hole) -> {
          if (!listed.contains(name) || hole.until() <= limit) {
            marks.shrink(name, hole.until(), hole.until());
          }
        });
  }

  /** The next object of this node; null when nothing is missing. */
  @Nullable SlowCall next(String node, Resources resources, Instant now) {
    Hole own = marks.hole(RRD + "node/" + node);
    if (own != null) {
      return call(node, "node/" + node, "", own, now, row -> List.of(RrdHistory.node(node, row)));
    }
    for (Resources.Guest guest : resources.guests()) {
      Hole hole = guest.node().equals(node) ? marks.hole(RRD + guest.id()) : null;
      if (hole != null) {
        boolean container = guest.type() == VmType.LXC;
        boolean balloon = facts.balloonReports(guest);
        return call(
            node,
            guest.id(),
            "/" + guest.id(),
            hole,
            now,
            row -> List.of(RrdHistory.guest(guest.vmId(), container, balloon, row)));
      }
    }
    return null;
  }

  /** Makes samples of a row. */
  @FunctionalInterface
  private interface Maker {
    List<Sample> samples(RrdHistory.Row row);
  }

  private SlowCall call(String node, String id, String below, Hole hole, Instant now, Maker maker) {
    Endpoint at = routes.nearest(node, now);
    String path = "/nodes/" + SlowCalls.encode(node) + below + "/rrddata?cf=AVERAGE&timeframe=";
    List<Frame> frames = frames(hole, now);
    return new SlowCall(
        Backfill.KEY + node,
        Backfill.PERIOD,
        "RRD of " + id,
        cycle -> {
          List<List<RrdHistory.Row>> read = new ArrayList<>();
          try {
            for (Frame frame : frames) {
              read.add(cycle.askSlowly(at, path + frame.word(), ApiClient.data(RrdHistory::read)));
            }
          } catch (CallException e) {
            if (e.status() == 0 || e.reach() != CallException.Reach.CALL) {
              throw e;
            }
            return () -> giveUp(cycle, id, hole, e);
          }
          return () -> {
            for (RrdHistory.Row row : RrdHistory.inside(read, hole.after(), hole.until())) {
              cycle.samples.addAll(maker.samples(row));
            }
            marks.shrink(RRD + id, hole.until(), hole.until());
          };
        });
  }

  /** Those that reach into the hole, as far as its begin. */
  private List<Frame> frames(Hole hole, Instant now) {
    boolean nine = facts.release != null && facts.release.atLeast(9, 0, 0);
    List<Frame> frames = new ArrayList<>();
    for (Frame frame : Frame.values()) {
      long begin = now.getEpochSecond() - frame.seconds(nine);
      if (begin < hole.until()) {
        frames.add(frame);
      }
      if (begin <= hole.after()) {
        return frames;
      }
    }
    return frames;
  }

  /** A guest that never ran has no file; asking again would not help the others either. */
  private void giveUp(Cycle cycle, String id, Hole hole, CallException e) {
    if (!e.reason().contains("No such file")) {
      cycle.gaps.add(new Gap("RRD of " + id, e.failure(), e.reason()));
    }
    marks.shrink(RRD + id, hole.until(), hole.until());
  }
}
