package io.muster.simulator.proxmox.handlers;

import io.muster.simulator.proxmox.api.Call;
import io.muster.simulator.proxmox.world.model.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The filters of {@code /nodes/{node}/tasks}. */
final class TaskFilter {
  private final boolean errors;
  private final long since;
  private final long until;
  private final @Nullable String type;
  private final @Nullable String user;
  private final @Nullable String vmid;
  private final @Nullable String statuses;

  TaskFilter(Call call) {
    errors = call.flag("errors", false);
    since = call.longNumber("since", 0);
    until = call.longNumber("until", Long.MAX_VALUE);
    type = call.text("typefilter");
    user = call.text("userfilter");
    vmid = call.text("vmid");
    statuses = call.text("statusfilter");
  }

  boolean accepts(Task task) {
    return (!errors || task.hasFailed())
        && task.upid().startSeconds() >= since
        && task.upid().startSeconds() <= until
        && (type == null || type.equals(task.upid().type()))
        && (user == null || task.upid().identity().contains(user))
        && (vmid == null || vmid.equals(task.upid().id()))
        && (statuses == null || List.of(statuses.split("[,; ]+", -1)).contains(kind(task)));
  }

  private static String kind(Task task) {
    String exit = task.exitStatus();
    if (exit == null || exit.equals("unexpected status")) {
      return "unknown";
    }
    return exit.equals("OK") ? "ok" : exit.startsWith("WARNINGS:") ? "warning" : "error";
  }
}
