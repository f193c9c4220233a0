package io.muster.simulator.proxmox.world.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A worker and its log: running, then stopped with an exit status. */
public final class Task {
  private final Upid upid;
  private final TaskWork work;
  private final List<String> log = new ArrayList<>(2);
  private int warnings;
  private long endSeconds;
  private @Nullable String exitStatus;

  Task(Upid upid, TaskWork work) {
    this.upid = upid;
    this.work = work;
  }

  public Upid upid() {
    return upid;
  }

  TaskWork work() {
    return work;
  }

  public boolean isRunning() {
    return exitStatus == null;
  }

  /** {@code OK}, {@code WARNINGS: n} or an error text; null while it runs. */
  public @Nullable String exitStatus() {
    return exitStatus;
  }

  /** Epoch seconds; 0 while it runs. */
  public long endSeconds() {
    return endSeconds;
  }

  public boolean hasFailed() {
    return exitStatus != null && !exitStatus.equals("OK") && !exitStatus.startsWith("WARNINGS:");
  }

  public List<String> log() {
    return Collections.unmodifiableList(log);
  }

  public void say(String line) {
    log.add(line);
  }

  public void warn(String line) {
    warnings++;
    log.add("WARN: " + line);
  }

  void succeeded(long ms) {
    String status = warnings == 0 ? "OK" : "WARNINGS: " + warnings;
    log.add("TASK " + status);
    end(ms, status);
  }

  void failed(long ms, String message) {
    log.add("TASK ERROR: " + message);
    end(ms, message);
  }

  /** Its process died without writing a last line. */
  void crashed(long ms) {
    end(ms, "unexpected status");
  }

  private void end(long ms, String status) {
    exitStatus = status;
    endSeconds = Math.max(ms / 1000, upid.startSeconds());
  }
}
