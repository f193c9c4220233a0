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

  /** Values of a stretch; empty when nothing is known. */
  @FunctionalInterface
  private interface Series {
    Map<String, Object> values(long fromMs, long toMs);
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
    return rows(call, entry(call), node, (from, to) -> history.node(node, from, to));
  }

  /** Any member answers for every guest, so the path's node plays no part. */
  private Object guest(Call call) throws ApiException {
    Guest guest = cluster.guest(lookup.vmid(call));
    if (guest == null || !history.hasFile(guest)) {
      throw missing("vm", String.valueOf(lookup.vmid(call)));
    }
    Node home = cluster.node(guest.node());
    return rows(
        call,
        entry(call),
        home == null ? lookup.node(call) : home,
        (from, to) -> history.guest(guest, from, to));
  }

  private Object storage(Call call) throws ApiException {
    Node node = lookup.node(call);
    Storage storage = lookup.storage(call);
    return rows(call, node, node, (from, to) -> history.storage(storage, node, from, to));
  }

  private ApiException missing(String kind, String name) {
    String folder = cluster.version().isNine() ? "pve-" + kind + "-9.0" : "pve2-" + kind;
    return ApiException.of(
        500,
        "RRD error: opening '/var/lib/rrdcached/db/%s/%s': No such file or directory"
            .formatted(folder, name));
  }

  private Node entry(Call call) throws ApiException {
    Node entry = cluster.node(call.entryNode());
    return entry == null ? lookup.node(call) : entry;
  }

  /** By the clock of the one that answers, with what the other wrote by its own clock. */
  private Object rows(Call call, Node answering, Node measuring, Series series) {
    PveVersion version = cluster.version();
    Frame frame = Frame.of(version, call.required("timeframe"));
    boolean maximum = "MAX".equals(call.text("cf")) && frame.step() > LAG_SECONDS;
    long now = answering.clock().second(cluster.now());
    long written = (cluster.now() / 1000 - LAG_SECONDS) * 1000;
    long last = now / frame.step() * frame.step();
    if (version.isNine() && last > now - LAG_SECONDS) {
      last -= frame.step();
    }
    List<Map<String, Object>> rows = new ArrayList<>();
    for (long time = last - (frame.rows() - 1) * frame.step(); time <= last; time += frame.step()) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("time", time);
      Long end = measuring.clock().trueMs(time * 1000);
      if (end != null && end <= written) {
        long step = 1000 * frame.step();
        row.putAll(maximum ? maximum(series, end, step) : series.values(end - step, end));
      }
      rows.add(row);
    }
    return rows;
  }

  private static Map<String, Object> maximum(Series series, long toMs, long stepMs) {
    Map<String, Object> highest = new LinkedHashMap<>();
    long part = stepMs / PARTS;
    for (long end = toMs; end > toMs - stepMs; end -= part) {
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
