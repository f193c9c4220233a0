package io.muster.simulator.proxmox.handlers;

import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Guest;
import io.muster.simulator.proxmox.world.model.Node;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** High availability: {@code /cluster/ha/*}. */
final class HaHandlers {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Cluster cluster;

  HaHandlers(Cluster cluster) {
    this.cluster = cluster;
  }

  void addTo(Routes routes) {
    routes.get("/cluster/ha/status/current", call -> status(call.entryNode()));
    routes.get("/cluster/ha/resources", call -> resources());
    routes.get("/cluster/ha/groups", call -> groups());
    if (cluster.version().isNine()) {
      routes.get("/cluster/ha/rules", call -> List.of());
    }
  }

  private List<Guest> managed() {
    return cluster.guests().stream().filter(guest -> guest.haState() != null).toList();
  }

  private Object status(String entryNode) {
    List<Map<String, Object>> rows = new ArrayList<>();
    Map<String, Object> quorum = row("quorum", "quorum", entryNode);
    quorum.put("status", cluster.isQuorate() ? "OK" : "No quorum on node '" + entryNode + "'!");
    quorum.put("quorate", cluster.isQuorate() ? 1 : 0);
    rows.add(quorum);
    List<Guest> managed = managed();
    if (managed.isEmpty()) {
      return rows;
    }
    if (cluster.version().isNine()) {
      Map<String, Object> fencing = row("fencing", "fencing", entryNode);
      fencing.put("status", "armed");
      fencing.put("armed-state", "armed");
      rows.add(fencing);
    }
    cluster.members().stream().filter(Node::isUp).findFirst().ifPresent(m -> rows.add(master(m)));
    cluster.members().forEach(node -> rows.add(lrm(node)));
    managed.forEach(guest -> rows.add(service(guest)));
    return rows;
  }

  private static Map<String, Object> row(String id, String type, String node) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", id);
    row.put("type", type);
    row.put("node", node);
    return row;
  }

  private Map<String, Object> master(Node node) {
    long now = cluster.now() / 1000;
    Map<String, Object> row = row("master", "master", node.name());
    row.put("status", "%s (active, %s)".formatted(node.name(), stamp(now)));
    row.put("timestamp", now);
    return row;
  }

  private Map<String, Object> lrm(Node node) {
    Long beat = node.lastBeat(cluster.now());
    long seen = (beat == null ? 0 : beat) / 1000;
    boolean busy = managed().stream().anyMatch(guest -> guest.node().equals(node.name()));
    String state = !node.isUp() ? "old timestamp - dead?" : busy ? "active" : "idle";
    Map<String, Object> row = row("lrm:" + node.name(), "lrm", node.name());
    row.put("status", "%s (%s, %s)".formatted(node.name(), state, stamp(seen)));
    row.put("timestamp", seen);
    return row;
  }

  private static String stamp(long seconds) {
    return STAMP.format(Instant.ofEpochSecond(seconds));
  }

  private static Map<String, Object> service(Guest guest) {
    String sid = HaRequests.sid(guest);
    String state = String.valueOf(guest.haState());
    Map<String, Object> row = row("service:" + sid, "service", guest.node());
    row.put("sid", sid);
    row.put("state", state);
    row.put("crm_state", state);
    row.put("request_state", state);
    row.put("max_restart", 1);
    row.put("max_relocate", 1);
    row.put("status", "%s (%s, %s)".formatted(sid, guest.node(), state));
    return row;
  }

  private Object resources() {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Guest guest : managed()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("sid", HaRequests.sid(guest));
      row.put("type", HaRequests.sid(guest).split(":", 2)[0]);
      row.put("state", String.valueOf(guest.haState()));
      row.put("digest", guest.config().digest());
      rows.add(row);
    }
    return rows;
  }

  private Object groups() throws ApiException {
    if (cluster.version().isNine()) {
      throw ApiException.of(500, "cannot index groups: ha groups have been migrated to rules");
    }
    return List.of();
  }
}
