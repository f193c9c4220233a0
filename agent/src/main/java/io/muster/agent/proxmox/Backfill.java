package io.muster.agent.proxmox;

import io.muster.agent.provider.Progress.Hole;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fills what was left out of the nodes' last 30 minutes from their exports, as slow calls of the
 * rota: the newest part first, because the export gives everything since its start time, and so the
 * older a part the dearer it is. Used by the poll's thread, but for {@link Slice}.
 */
final class Backfill {
  /** Names of the holes that the export fills: a node's name follows. */
  static final String EXPORT = "export/";

  /** 181 generations, each 10 s after the one before; the two oldest are baselines. */
  private static final Duration HISTORY = Duration.ofMinutes(30).minus(Exports.BASELINES);

  /** Of the rota: a node's name follows. */
  static final String KEY = "backfill ";

  private static final Duration GENERATION = Duration.ofSeconds(10);

  /** At once in memory: 8 MB, and as rows 12 MB. */
  private static final int SLICE_SAMPLES = 20_000;

  /** Of all servers of this process, less than the buffer of rows holds and its writer takes. */
  private static final Throttle THROTTLE = new Throttle(40_000, 4_000, System.nanoTime());

  /** As often as a node measures. */
  static final Duration PERIOD = GENERATION;

  /** Where the memory figures of VMs come from belongs to their rows; the rota tells it soon. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Of a node that was off, or pvestatd late: not worth a word. */
  static final Duration UNTOLD = Duration.ofSeconds(60);

  private final NodeRoutes routes;
  private final SlowFacts facts;
  private final NodeMetrics metrics;
  private final Watermarks marks;
  private final RrdBackfill rrd;
  private final Rota rota;
  private final Map<String, Instant> waitingSince = new HashMap<>();

  Backfill(
      NodeRoutes routes,
      SlowFacts facts,
      NodeMetrics metrics,
      Watermarks marks,
      RrdBackfill rrd,
      Rota rota) {
    this.routes = routes;
    this.facts = facts;
    this.metrics = metrics;
    this.marks = marks;
    this.rrd = rrd;
    this.rota = rota;
  }

  /** The second after which a node's export still has everything. */
  static long oldest(Instant now) {
    return now.minus(HISTORY).getEpochSecond();
  }

  /** What is worth asking now. */
  List<SlowCall> calls(Cycle cycle, Resources resources) {
    rrd.tidy(resources, cycle.now());
    List<SlowCall> calls = new ArrayList<>();
    for (String node : resources.onlineNodes()) {
      if (!metrics.skewed(node) && routes.resting(node, cycle.now()) == null) {
        SlowCall call = next(node, resources, cycle.now());
        if (call != null) {
          calls.add(call);
        }
      }
    }
    return calls;
  }

  /** Before the export's history has passed, then what has time. */
  private @Nullable SlowCall next(String node, Resources resources, Instant now) {
    Hole hole = marks.hole(EXPORT + node);
    if (hole == null) {
      waitingSince.remove(node);
      return rrd.next(node, resources, now);
    }
    if (waitingSince.putIfAbsent(node, now) == null) {
      // Every poll that passes costs the oldest part: the export forgets it.
      rota.hasten(NodeCalls.BALLOONS_KEY + node);
      rota.hasten(KEY + node);
    }
    return sourcesKnown(node, resources, now) ? slice(node, hole, resources, now) : null;
  }

  private boolean sourcesKnown(String node, Resources resources, Instant now) {
    Instant since = waitingSince.getOrDefault(node, now);
    return facts.ballooned.containsKey(node)
        || !SlowCalls.hasRunningVm(resources, node)
        || !now.isBefore(since.plus(PATIENCE));
  }

  /** Says what the exports have lost of holes, and leaves it to RRD. At the begin of a poll. */
  void giveUpExpired(Cycle cycle, Resources resources) {
    long oldest = oldest(cycle.now());
    marks
        .holes(EXPORT)
        .forEach((name, hole) -> {
          if (oldest - hole.after() > UNTOLD.toSeconds()) {
            long end = Math.min(oldest, hole.until());
            forget(cycle, resources, name.substring(EXPORT.length()), hole.after(), end);
            marks.shrink(name, end, hole.until());
          }
        });
  }

  /** The export has lost this part of a hole. */
  private void forget(Cycle cycle, Resources resources, String node, long after, long until) {
    if (!rrd.lengthen(resources, node, after, until)) {
      sayUnfilled(cycle, resources, node, after, until, "its export keeps 30 minutes");
    }
  }

  private void sayUnfilled(
      Cycle cycle, Resources resources, String node, long after, long until, String why) {
    if (until - after > UNTOLD.toSeconds()) {
      cycle.events.add(GapEvents.unfilled(node, facts.clusterName(resources), after, until, why));
    }
  }

  private SlowCall slice(String node, Hole hole, Resources resources, Instant now) {
    Route route = routes.of(node, now);
    int objects = objects(node, route, resources);
    long seconds = Math.max(1, SLICE_SAMPLES / objects) * GENERATION.toSeconds();
    long from = Math.max(hole.after(), oldest(now));
    long after = Math.max(from, hole.until() - seconds);
    boolean last = after == from;
    long expected = objects * ((hole.until() - after) / GENERATION.toSeconds() + 1);
    int samples = (int) Math.min(SLICE_SAMPLES, expected);
    Endpoint at = routes.nearest(node, now);
    String path =
        Exports.path(node, route, facts.release, after - Measurement.OLDEST_BASELINE.toSeconds());
    return new SlowCall(
        KEY + node,
        PERIOD,
        "samples of node "
            + node
            + " from "
            + Instant.ofEpochSecond(after)
            + " to "
            + Instant.ofEpochSecond(hole.until()),
        cycle -> {
          if (!THROTTLE.allows(samples, System.nanoTime())) {
            throw new NotAskedException(path);
          }
          Export read = cycle.askSlowly(at, path, new Slice(after, hole.until()));
          return () -> take(cycle, resources, node, route, hole, after, last, read);
        });
  }

  /** How many the answer has: of all nodes, where one can't be asked for alone. */
  private int objects(String node, Route route, Resources resources) {
    if (route instanceof Route.ThroughMember && !Exports.hasNodeList(facts.release)) {
      return resources.nodes().size() + resources.guests().size();
    }
    return 1 + (int) resources.guests().stream().filter(guest -> guest.node().equals(node)).count();
  }

  private void take(
      Cycle cycle,
      Resources resources,
      String node,
      Route route,
      Hole hole,
      long after,
      boolean last,
      Export read) {
    Export own =
        switch (route) {
          case Route.Direct direct -> read;
          case Route.ThroughMember through ->
              Exports.hasNodeList(facts.release)
                  ? read
                  : Exports.ofNode(node, read, resources, guest -> isDirect(guest, cycle.now()));
        };
    metrics.fill(cycle, node, own, after, hole.until());
    marks.shrink(EXPORT + node, last ? after : hole.after(), after);
    Long oldest = own.oldest("node/" + node);
    if (last) {
      forget(cycle, resources, node, hole.after(), after);
      sayUnfilled(
          cycle,
          resources,
          node,
          after,
          oldest == null ? hole.until() : oldest,
          "it has none (it was off, or was started again and lost them)");
    }
  }

  /** The nodes of such an answer have slices of their own for their guests; others have not. */
  private boolean isDirect(Resources.Guest guest, Instant now) {
    return routes.of(guest.node(), now) instanceof Route.Direct;
  }

  /** Reads a slice out of a history that may be far longer. */
  private record Slice(long after, long until) implements ApiClient.ReplyReader<Export> {
    /** 181 generations of 2,500 guests; nothing but the slice is kept of it. */
    private static final long MAX_BYTES = 512L << 20;

    @Override
    public Export read(ApiClient.Reply reply) throws IOException {
      return new Export(after, until).fill(reply.body());
    }

    @Override
    public long maxBytes() {
      return MAX_BYTES;
    }
  }
}
