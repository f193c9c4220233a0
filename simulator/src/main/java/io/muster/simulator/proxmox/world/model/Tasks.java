package io.muster.simulator.proxmox.world.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The workers of all nodes. Guarded by the world's lock. */
public final class Tasks {
  /** As many finished tasks a node remembers; older logs are pruned. */
  static final int KEPT_PER_NODE = 1000;

  private static final int FIRST_PID = 9_500;

  private final Agenda agenda;
  private final TaskPace pace;
  private final ClusterLog log;
  private final Map<String, Task> all = new HashMap<>();
  private final Map<String, Deque<Task>> finished = new HashMap<>();
  private final Map<String, List<Task>> running = new HashMap<>();
  private int pids = FIRST_PID;

  Tasks(Agenda agenda, TaskPace pace, ClusterLog log) {
    this.agenda = agenda;
    this.pace = pace;
    this.log = log;
  }

  public TaskPace pace() {
    return pace;
  }

  /** Starts a worker that takes the usual time of its type. */
  public Upid start(Node node, String type, String id, String identity, TaskWork work) {
    return start(node, type, id, identity, pace.ms(type), work);
  }

  /** Starts a worker that takes the given time, unless it fails at its beginning. */
  public Upid start(
      Node node, String type, String id, String identity, long durationMs, TaskWork work) {
    long now = agenda.now();
    long ticks = Math.max(0, (now - node.bootMs()) / 10);
    Upid upid = new Upid(node.name(), ++pids, ticks, now / 1000, type, id, identity);
    Task task = new Task(upid, work);
    all.put(upid.toString(), task);
    running.computeIfAbsent(node.name(), ignored -> new ArrayList<>()).add(task);
    log.add(now, node.name(), "pvedaemon", 6, identity, "starting task " + upid);
    try {
      work.begin(task);
      agenda.at(now + durationMs, () -> finish(task));
    } catch (TaskFailure failure) {
      agenda.at(now + pace.failureMs(), () -> fail(task, failure));
    }
    return upid;
  }

  private void finish(Task task) {
    if (!task.isRunning()) {
      return;
    }
    try {
      task.work().finish(task);
      task.succeeded(agenda.now());
      ended(task);
    } catch (TaskFailure failure) {
      fail(task, failure);
    }
  }

  private void fail(Task task, TaskFailure failure) {
    if (task.isRunning()) {
      task.failed(agenda.now(), String.valueOf(failure.getMessage()));
      ended(task);
    }
  }

  /** Interrupts a worker; nothing happens when it has ended already. */
  public void kill(Task task) {
    if (task.isRunning()) {
      task.work().abort();
      task.failed(agenda.now(), "received interrupt");
      ended(task);
    }
  }

  /** Its node lost power. */
  void crash(String node) {
    for (Task task : List.copyOf(running.getOrDefault(node, List.of()))) {
      task.work().abort();
      task.crashed(agenda.now());
      ended(task);
    }
  }

  private void ended(Task task) {
    String node = task.upid().node();
    running.getOrDefault(node, new ArrayList<>()).remove(task);
    Deque<Task> archive = finished.computeIfAbsent(node, ignored -> new ArrayDeque<>());
    archive.addFirst(task);
    if (archive.size() > KEPT_PER_NODE) {
      all.remove(archive.removeLast().upid().toString());
    }
    log.add(
        agenda.now(),
        node,
        "pvedaemon",
        task.hasFailed() ? 3 : 6,
        task.upid().identity(),
        "end task " + task.upid() + " " + task.exitStatus());
  }

  /** The task, or null when there is none or its log is pruned. */
  public @Nullable Task find(String upid) {
    return all.get(upid);
  }

  /** Newest first. */
  public List<Task> running(String node) {
    return running.getOrDefault(node, List.of()).reversed();
  }

  /** Newest first. */
  public List<Task> finished(String node) {
    return List.copyOf(finished.getOrDefault(node, new ArrayDeque<>()));
  }
}
