package io.muster.simulator.openstack.world;

import io.muster.simulator.openstack.model.Instance;
import io.muster.simulator.openstack.model.InstanceState;
import io.muster.simulator.openstack.model.TaskState;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The newest changes with their moments, for whoever measures how late they are heard of. */
public final class Changes {
  /** Enough for minutes of any churn. */
  private static final int KEPT = 10_000;

  private final Deque<Map<String, Object>> rows = new ArrayDeque<>();

  synchronized void note(Instance machine, Instant now) {
    InstanceState state = machine.state();
    TaskState task = state.task();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("kind", "server");
    row.put("id", machine.id());
    row.put("name", state.name());
    row.put("status", state.status());
    row.put("task", task == null ? "" : task.word());
    add(row, now);
  }

  synchronized void note(Compute compute, Instant now) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("kind", "host");
    row.put("name", compute.host().name());
    row.put("status", compute.isHung() ? "hung" : compute.isEnabled() ? "enabled" : "disabled");
    add(row, now);
  }

  private void add(Map<String, Object> row, Instant now) {
    row.put("at", now.toString());
    rows.addFirst(row);
    if (rows.size() > KEPT) {
      rows.removeLast();
    }
  }

  /** At most so many, the newest first. */
  public synchronized List<Map<String, Object>> newest(int most) {
    return new ArrayList<>(rows).subList(0, Math.min(most, rows.size()));
  }
}
