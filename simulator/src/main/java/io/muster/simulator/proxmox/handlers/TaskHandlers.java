package io.muster.simulator.proxmox.handlers;

import io.muster.simulator.proxmox.api.Answer;
import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.api.Call;
import io.muster.simulator.proxmox.api.Caller;
import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Node;
import io.muster.simulator.proxmox.world.model.Task;
import io.muster.simulator.proxmox.world.model.Tasks;
import io.muster.simulator.proxmox.world.model.Upid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tasks: one by its name, a node's list, the cluster's list, its journal. */
final class TaskHandlers {
  /** The cluster's list holds so many finished ones of each node. */
  private static final int CLUSTER_LIST_PER_NODE = 25;

  private static final int DEFAULT_LIMIT = 50;

  private final Cluster cluster;
  private final Tasks tasks;
  private final Lookup lookup;

  TaskHandlers(Cluster cluster) {
    this.cluster = cluster;
    this.tasks = cluster.tasks();
    this.lookup = new Lookup(cluster);
  }

  void addTo(Routes routes) {
    routes.get("/cluster/tasks", this::clusterList);
    routes.get("/cluster/log", this::log);
    routes.get("/nodes/{node}/tasks", this::nodeList);
    routes.get("/nodes/{node}/tasks/{upid}", call -> index());
    routes.get("/nodes/{node}/tasks/{upid}/status", this::status);
    routes.get("/nodes/{node}/tasks/{upid}/log", this::taskLog);
    routes.delete("/nodes/{node}/tasks/{upid}", this::kill);
  }

  private static Object index() {
    return List.of(Map.of("name", "log"), Map.of("name", "status"));
  }

  private Upid upid(Call call) throws ApiException {
    Upid upid = Upid.parse(call.required("upid"));
    if (upid == null) {
      throw ApiException.badParameters(Map.of("upid", "unable to parse worker upid"));
    }
    return upid;
  }

  /** The task, or null when this node has none of that name; refuses what is another's. */
  private @Nullable Task find(Call call) throws ApiException {
    Upid upid = upid(call);
    Node node = lookup.node(call);
    if (!isOwner(call.caller(), upid) && !call.caller().may("/nodes/" + node.name(), "Sys.Audit")) {
      throw ApiException.of(403, "Permission check failed (/nodes/" + node.name() + ", Sys.Audit)");
    }
    return upid.node().equals(node.name()) ? tasks.find(upid.toString()) : null;
  }

  /** A token's tasks belong to it alone; a user's own login owns what its tokens did, too. */
  private static boolean isOwner(Caller caller, Upid upid) {
    return caller.identity().equals(upid.identity())
        || (caller.token() == null && caller.user().equals(upid.user()));
  }

  private Object status(Call call) throws ApiException {
    Task task = find(call);
    if (task == null) {
      throw ApiException.badParameters(Map.of("upid", "no such task"));
    }
    Map<String, Object> row = identity(task);
    row.put("pid", task.upid().pid());
    row.put("pstart", task.upid().pstart());
    row.put("status", task.isRunning() ? "running" : "stopped");
    String exit = task.exitStatus();
    if (exit != null) {
      row.put("exitstatus", exit);
    }
    return row;
  }

  private Object taskLog(Call call) throws ApiException {
    Task task = find(call);
    if (task == null) {
      return new Answer(
          line(1, "unable to open file - No such file or directory"), Map.of("total", 1));
    }
    int start = call.number("start", 0);
    int limit = call.number("limit", DEFAULT_LIMIT);
    List<Map<String, Object>> lines = new ArrayList<>();
    for (int i = start; i < task.log().size() && (limit == 0 || i < start + limit); i++) {
      lines.add(line(i + 1, task.log().get(i)));
    }
    return new Answer(lines, Map.of("total", task.log().size()));
  }

  private static Map<String, Object> line(int number, String text) {
    return Map.of("n", number, "t", text);
  }

  private @Nullable Object kill(Call call) throws ApiException {
    Upid upid = upid(call);
    Node node = lookup.node(call);
    if (!isOwner(call.caller(), upid)
        && !call.caller().may("/nodes/" + node.name(), "Sys.Modify")) {
      throw ApiException.of(
          403, "Permission check failed (/nodes/" + node.name() + ", Sys.Modify)");
    }
    Task task = tasks.find(upid.toString());
    if (task != null && upid.node().equals(node.name())) {
      tasks.kill(task);
    }
    return null;
  }

  private static Map<String, Object> identity(Task task) {
    Upid upid = task.upid();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("upid", upid.toString());
    row.put("node", upid.node());
    row.put("type", upid.type());
    row.put("id", upid.id());
    row.put("user", upid.user());
    row.put("starttime", upid.startSeconds());
    String token = upid.token();
    if (token != null) {
      row.put("tokenid", token);
    }
    return row;
  }

  private Object clusterList(Call call) {
    boolean all = call.caller().may("/", "Sys.Audit");
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Node node : cluster.members()) {
      for (Task task : tasks.running(node.name())) {
        addIfSeen(rows, call.caller(), all, task);
      }
      tasks.finished(node.name()).stream()
          .limit(CLUSTER_LIST_PER_NODE)
          .forEach(task -> addIfSeen(rows, call.caller(), all, task));
    }
    return rows;
  }

  /** Compared with the user's name, so a token does not see even its own. */
  private static void addIfSeen(
      List<Map<String, Object>> rows, Caller caller, boolean all, Task task) {
    if (!all && !caller.identity().equals(task.upid().user())) {
      return;
    }
    Map<String, Object> row = identity(task);
    String exit = task.exitStatus();
    if (exit != null) {
      row.put("endtime", task.endSeconds());
      row.put("status", exit);
      // The entry that the daemon itself saved last is a number, those read back are texts.
      row.put("saved", rows.isEmpty() ? (Object) 1 : "1");
    }
    rows.add(row);
  }

  private Object nodeList(Call call) throws ApiException {
    Node node = lookup.node(call);
    String source = call.text("source");
    List<Task> found = new ArrayList<>();
    if ("active".equals(source) || "all".equals(source)) {
      found.addAll(tasks.running(node.name()));
    }
    if (!"active".equals(source)) {
      found.addAll(tasks.finished(node.name()));
    }
    boolean audits = call.caller().may("/nodes/" + node.name(), "Sys.Audit");
    TaskFilter filter = new TaskFilter(call);
    List<Task> wanted =
        found.stream()
            .filter(task -> audits || isOwner(call.caller(), task.upid()))
            .filter(filter::accepts)
            .toList();
    List<Map<String, Object>> rows =
        wanted.stream()
            .skip(call.number("start", 0))
            .limit(call.number("limit", DEFAULT_LIMIT))
            .map(TaskHandlers::listed)
            .toList();
    return new Answer(rows, Map.of("total", wanted.size()));
  }

  private static Map<String, Object> listed(Task task) {
    Map<String, Object> row = identity(task);
    row.put("pid", task.upid().pid());
    row.put("pstart", task.upid().pstart());
    String exit = task.exitStatus();
    row.put("status", exit == null ? "RUNNING" : exit);
    if (exit != null) {
      row.put("endtime", task.endSeconds());
    }
    return row;
  }

  private Object log(Call call) {
    boolean all = call.caller().may("/", "Sys.Syslog");
    return cluster.log().lines().stream()
        .filter(line -> all || line.user().equals(call.caller().identity()))
        .limit(call.number("max", DEFAULT_LIMIT))
        .map(line ->
            Map.<String, Object>of(
                "uid", String.valueOf(line.uid()),
                "id", line.uid() + ":" + line.node(),
                "time", line.timeSeconds(),
                "node", line.node(),
                "tag", line.tag(),
                "pri", line.priority(),
                "msg", line.text(),
                "user", line.user(),
                "pid", line.pid()))
        .toList();
  }
}
