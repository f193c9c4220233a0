package io.muster.simulator.proxmox.world.model;

import io.muster.simulator.chance.Noise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The journal that all members share. Guarded by the world's lock. */
public final class ClusterLog {
  /** The real journal is a ring of 128 KiB. */
  private static final int LINES_KEPT = 600;

  private final Deque<Line> lines = new ArrayDeque<>();
  private long uids;

  /**
   * A line.
   *
   * @param priority as in syslog: 3 error, 6 information
   */
  public record Line(
      long uid,
      long timeSeconds,
      String node,
      String tag,
      int priority,
      String user,
      int pid,
      String text) {}

  void add(long ms, String node, String tag, int priority, String user, String text) {
    int pid = 900 + (int) Math.floorMod(Noise.of(node), 5000L);
    lines.addFirst(new Line(++uids, ms / 1000, node, tag, priority, user, pid, text));
    if (lines.size() > LINES_KEPT) {
      lines.removeLast();
    }
  }

  /** Newest first. */
  public List<Line> lines() {
    return List.copyOf(lines);
  }
}
