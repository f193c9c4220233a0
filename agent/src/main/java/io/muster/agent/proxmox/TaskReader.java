package io.muster.agent.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.agent.provider.Event;
import io.muster.agent.provider.Event.Severity;
import io.muster.agent.provider.Event.Source;
import io.muster.agent.provider.Event.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rows of {@code /cluster/tasks} to events; the UPID is the event's id. */
final class TaskReader {
  private static final Pattern WARNINGS = Pattern.compile("WARNINGS: \\d+");
  private static final Pattern VMID = Pattern.compile("\\d{1,9}");

  private TaskReader() {}

  /**
   * @param cluster what the cluster calls itself, or null
   * @param vmIds known guests: tasks such as {@code vzdump} don't tell a VM from a container
   */
  static List<Event> read(JsonNode data, @Nullable String cluster, Set<String> vmIds)
      throws MalformedAnswerException {
    List<Event> events = new ArrayList<>();
    for (JsonNode row : Json.rows(data)) {
      Instant started = Json.instant(row, "starttime");
      String upid = Json.required(row, "upid");
      if (started != null) {
        events.add(event(row, upid, started, cluster, vmIds));
      }
    }
    return events;
  }

  private static Event event(
      JsonNode row, String upid, Instant started, @Nullable String cluster, Set<String> vmIds) {
    String type = Objects.requireNonNullElse(Json.text(row, "type"), "task");
    String status = Json.text(row, "status");
    Instant ended = Json.instant(row, "endtime");
    State state = state(status, ended);
    String user = Json.text(row, "user");
    String token = Json.text(row, "tokenid");
    return new Event(
        started,
        upid,
        cluster,
        Json.text(row, "node"),
        vmId(type, Json.text(row, "id"), vmIds),
        Source.TASK,
        type,
        user == null || token == null ? user : user + "!" + token,
        severity(state),
        state,
        null,
        state == State.RUNNING || state == State.OK || status == null ? null : Json.shorten(status),
        ended);
  }

  private static State state(@Nullable String status, @Nullable Instant ended) {
    if (ended == null && (status == null || status.equals("RUNNING"))) {
      return State.RUNNING;
    }
    if (status == null || status.equals("OK")) {
      return State.OK;
    }
    return WARNINGS.matcher(status).matches() ? State.WARNING : State.FAILED;
  }

  private static Severity severity(State state) {
    return switch (state) {
      case RUNNING, OK -> Severity.INFO;
      case WARNING -> Severity.WARNING;
      case FAILED -> Severity.ERROR;
    };
  }

  private static @Nullable String vmId(String type, @Nullable String id, Set<String> vmIds) {
    if (id == null || !VMID.matcher(id).matches()) {
      return null;
    }
    if (vmIds.contains("qemu:" + id)) {
      return "qemu:" + id;
    }
    if (vmIds.contains("lxc:" + id)) {
      return "lxc:" + id;
    }
    if (type.startsWith("qm")) {
      return "qemu:" + id;
    }
    return type.startsWith("vz") && !type.equals("vzdump") ? "lxc:" + id : null;
  }
}
