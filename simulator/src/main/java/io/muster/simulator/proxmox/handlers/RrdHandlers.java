package io.muster.simulator.proxmox.handlers;

import io.muster.simulator.proxmox.api.ApiException;
import io.muster.simulator.proxmox.api.Call;
import io.muster.simulator.proxmox.world.model.Cluster;
import io.muster.simulator.proxmox.world.model.Guest;
import io.muster.simulator.proxmox.world.model.GuestType;
import io.muster.simulator.proxmox.world.model.History;
import io.muster.simulator.proxmox.world.model.Node;
import io.muster.simulator.proxmox.world.model.PveVersion;
import io.muster.simulator.proxmox.world.model.Sampling;
import io.muster.simulator.proxmox.world.model.Storage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code rrddata} of nodes, guests and storages: averages over steps, each named by its end. */
final class RrdHandlers {
  /** Values arrive through a cache: the last minute is never there. */
  private static final long LAG_SECONDS = 60;

  /** So many parts of a step are compared for its maximum. */
  private static final int PARTS = 6;

  private final Cluster cluster;
  private final History history;
  private final Lookup lookup;

  RrdHandlers(Cluster cluster, Sampling sampling) {
    this.cluster = cluster;
    this.history = new History(cluster, sampling);
    this.lookup = new Lookup(cluster);
  }

  /** Values of a stretch in epoch seconds; empty when nothing is known. */
  @FunctionalInterface
  private interface Series {
    Map<String, Object> values(long from, long to);
  }

  void addTo(Routes routes) {
    routes.get("/nodes/{node}/rrddata", this::node);
    routes.get("/nodes/{node}/storage/{storage}/rrddata", this::storage);
    for (GuestType type : GuestType.values()) {
      routes.get("/nodes/{node}/" + type.word() + "/{vmid}/rrddata", this::guest);
    }
  }

  private Object node(Call call) throws ApiException {
    Node node = lookup.node(call);
    if (!node.isMember()) {
      throw missing("node", node.name());
    }
    return rows(call, (from, to) -> history.node(node, from * 1000, to * 1000));
  }

  /** Any member answers for every guest, so the path's node plays no part. */
  private Object guest(Call call) throws ApiException {
    Guest guest = cluster.guest(lookup.vmid(call));
    if (guest == null || !history.hasFile(guest)) {
      throw missing("vm", String.valueOf(lookup.vmid(call)));
    }
    return rows(call, (from, to) -> history.guest(guest, from * 1000, to * 1000));
  }

  private Object storage(Call call) throws ApiException {
    Node node = lookup.node(call);
    Storage storage = lookup.storage(call);
    return rows(call, (from, to) -> history.storage(storage, node, from * 1000, to * 1000));
  }

  private ApiException missing(String kind, String name) {
    String folder = cluster.version().isNine() ? "pve-" + kind + "-9.0" : "pve2-" + kind;
    return ApiException.of(
        500,
        "RRD error: opening '/var/lib/rrdcached/db/%s/%s': No such file or directory"
            .formatted(folder, name));
  }

  private Object rows(Call call, Series series) {
    PveVersion version = cluster.version();
    Frame frame = Frame.of(version, call.required("timeframe"));
    boolean maximum = "MAX".equals(call.text("cf")) && frame.step() > LAG_SECONDS;
    long now = cluster.now() / 1000;
    long last = now / frame.step() * frame.step();
    if (version.isNine() && last > now - LAG_SECONDS) {
      last -= frame.step();
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    for (long time = last - (frame.rows() - 1) * frame.step(); time <= last; time += frame.step()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("time", time);
      if (time <= now - LAG_SECONDS) {
        row.putAll(
            maximum ? maximum(series, time, frame) : series.values(time - frame.step(), time));
      }
      rows.add(row);
    }
    return rows;
  }

  private static Map<String, Object> maximum(Series series, long time, Frame frame) {
    Map<String, Object> highest = new LinkedHashMap<>();
    long part = frame.step() / PARTS;
    for (long end = time; end > time - frame.step(); end -= part) {
      series
          .values(end - part, end)
          .forEach((key, value) -> highest.merge(key, value, RrdHandlers::larger));
    }
    return highest;
  }

  private static Object larger(Object a, Object b) {
    return ((Number) a).doubleValue() >= ((Number) b).doubleValue() ? a : b;
  }

  /**
   * Rows and seconds a row of a time frame.
   *
   * @param rows at most; what lies before the beginning is empty
   */
  private record Frame(int rows, long step) {
    static Frame of(PveVersion version, String timeframe) {
      boolean nine = version.isNine();
      return switch (timeframe) {
        case "hour" -> new Frame(nine ? 60 : 70, 60);
        case "day" -> nine ? new Frame(1440, 60) : new Frame(70, 1_800);
        case "week" -> nine ? new Frame(336, 1_800) : new Frame(70, 10_800);
        case "month" -> nine ? new Frame(1440, 1_800) : new Frame(70, 43_200);
        case "year" -> nine ? new Frame(1440, 21_600) : new Frame(70, 604_800);
        default -> new Frame(570, 604_800);
      };
    }
  }
}
