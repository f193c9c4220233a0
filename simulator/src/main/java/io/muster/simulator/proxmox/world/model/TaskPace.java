package io.muster.simulator.proxmox.world.model;

/**
 * How long tasks take.
 *
 * @param scale 1 for the times of a real cluster, 0 for tasks that end within the call
 */
public record TaskPace(double scale) {
  /** Times of a real cluster. */
  public static final TaskPace REAL = new TaskPace(1);

  /** Tasks end within the call that starts them. */
  public static final TaskPace INSTANT = new TaskPace(0);

  public TaskPace {
    if (!(scale >= 0)) {
      throw new IllegalArgumentException("A task's pace must not be negative: " + scale);
    }
  }

  long failureMs() {
    return scaled(300);
  }

  /** The usual time of a type. */
  public long ms(String type) {
    return scaled(
        switch (type) {
          case "vzdump" -> 45_000;
          case "qmclone", "vzclone" -> 15_000;
          case "qmigrate", "vzmigrate" -> 12_000;
          case "qmreboot", "vzreboot" -> 6_000;
          case "qmshutdown", "vzshutdown" -> 4_000;
          case "qmsnapshot", "vzsnapshot", "vzcreate" -> 3_000;
          case "qmstart", "vzstart", "qmrollback", "vzrollback" -> 2_000;
          default -> 1_000;
        });
  }

  public long scaled(long ms) {
    return Math.round(ms * scale);
  }
}
