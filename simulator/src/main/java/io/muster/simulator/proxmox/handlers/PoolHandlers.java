package io.muster.simulator.proxmox.handlers;

import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.api.Call;
import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Facilities;
import io.muster.simulator.proxmox.world.model.Guest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Groups of guests: {@code /pools}. */
final class PoolHandlers {
  private final Cluster cluster;

  PoolHandlers(Cluster cluster) {
    this.cluster = cluster;
  }

  void addTo(Routes routes) {
    routes.get("/pools", this::list);
    routes.get("/pools/{poolid}", call -> members(existing(call.required("poolid")), false));
    routes.post("/pools", this::create);
    routes.put("/pools", this::change);
    routes.put("/pools/{poolid}", this::change);
    routes.delete("/pools", this::delete);
    routes.delete("/pools/{poolid}", this::delete);
  }

  private Object list(Call call) throws ApiException {
    String wanted = call.text("poolid");
    List<Map<String, Object>> rows = new ArrayList<>();
    if (wanted != null) {
      rows.add(members(existing(wanted), true));
      return rows;
    }
    for (Facilities.Pool pool : cluster.facilities().pools()) {
      if (call.caller().may("/pool/" + pool.id(), "Pool.Audit")) {
        rows.add(head(pool));
      }
    }
    return rows;
  }

  private static Map<String, Object> head(Facilities.Pool pool) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("poolid", pool.id());
    if (!pool.comment().isEmpty()) {
      row.put("comment", pool.comment());
    }
    return row;
  }

  private Map<String, Object> members(Facilities.Pool pool, boolean withId) {
    Map<String, Object> row = head(pool);
    if (!withId) {
      row.remove("poolid");
    }
    List<Map<String, Object>> members = new ArrayList<>();
    for (Guest guest : cluster.guests()) {
      if (pool.id().equals(guest.pool())) {
        Map<String, Object> member = new LinkedHashMap<>();
        member.put("id", guest.id());
        member.put("type", guest.type().word());
        member.put("vmid", guest.vmid());
        member.put("node", guest.node());
        String name = guest.config().name();
        if (name != null) {
          member.put("name", name);
        }
        member.put("status", guest.state().isAlive() ? "running" : "stopped");
        members.add(member);
      }
    }
    row.put("members", members);
    return row;
  }

  private Facilities.Pool existing(String id) throws ApiException {
    Facilities.Pool pool = cluster.facilities().pool(id);
    if (pool == null) {
      throw ApiException.of(500, "pool '" + id + "' does not exist");
    }
    return pool;
  }

  private @Nullable Object create(Call call) throws ApiException {
    String id = call.required("poolid");
    if (cluster.facilities().pool(id) != null) {
      throw ApiException.of(500, "create pool failed: pool '" + id + "' already exists");
    }
    cluster.facilities().addPool(new Facilities.Pool(id, comment(call, "")));
    return null;
  }

  private @Nullable Object change(Call call) throws ApiException {
    Facilities.Pool pool = existing(call.required("poolid"));
    cluster.facilities().addPool(new Facilities.Pool(pool.id(), comment(call, pool.comment())));
    String vms = call.text("vms");
    if (vms != null) {
      for (String vmid : vms.split("[,; ]+", -1)) {
        Guest guest = cluster.guest(Integer.parseInt(vmid));
        if (guest == null) {
          throw ApiException.of(500, "update pools failed: VM " + vmid + " does not exist");
        }
        guest.pool(call.flag("delete", false) ? null : pool.id());
      }
    }
    return null;
  }

  private static String comment(Call call, String otherwise) {
    String comment = call.text("comment");
    return comment == null ? otherwise : comment;
  }

  private @Nullable Object delete(Call call) throws ApiException {
    Facilities.Pool pool = existing(call.required("poolid"));
    if (cluster.guests().stream().anyMatch(guest -> pool.id().equals(guest.pool()))) {
      throw ApiException.of(500, "delete pool failed: pool '" + pool.id() + "' is not empty");
    }
    cluster.facilities().removePool(pool.id());
    return null;
  }
}
