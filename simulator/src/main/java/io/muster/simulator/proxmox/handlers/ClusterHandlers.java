package io.muster.simulator.proxmox.handlers;

import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.api.Call;
import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Members and quorum, the next free number, and Ceph, which is not installed. */
final class ClusterHandlers {
  private final Cluster cluster;

  ClusterHandlers(Cluster cluster) {
    this.cluster = cluster;
  }

  void addTo(Routes routes) {
    routes.get("/cluster/status", this::status);
    routes.get("/cluster/nextid", this::nextId);
    for (String path : List.of("status", "metadata", "flags")) {
      routes.get("/cluster/ceph/" + path, call -> noCeph());
    }
  }

  private Object status(Call call) {
    List<Node> members = cluster.members();
    String name = cluster.settings().name();
    List<Map<String, Object>> rows = new ArrayList<>();
    if (name != null) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("type", "cluster");
      row.put("id", "cluster");
      row.put("name", name);
      row.put("nodes", members.size());
      row.put("quorate", cluster.isQuorate() ? 1 : 0);
      row.put("version", members.size());
      rows.add(row);
    }
    for (Node node : members) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("type", "node");
      row.put("id", "node/" + node.name());
      row.put("name", node.name());
      row.put("nodeid", name == null ? 0 : node.id());
      row.put("ip", node.address());
      row.put("online", node.isUp() ? 1 : 0);
      row.put("local", node.name().equals(call.entryNode()) ? 1 : 0);
      row.put("level", "");
      rows.add(row);
    }
    return rows;
  }

  private Object nextId(Call call) throws ApiException {
    if (!call.has("vmid")) {
      return String.valueOf(cluster.nextFreeId());
    }
    int vmid = Integer.parseInt(call.required("vmid"));
    if (cluster.guest(vmid) != null) {
      throw ApiException.badParameters(Map.of("vmid", "VM " + vmid + " already exists"));
    }
    return String.valueOf(vmid);
  }

  private static Object noCeph() throws ApiException {
    throw ApiException.of(500, "binary not installed: /usr/bin/ceph-mon");
  }
}
