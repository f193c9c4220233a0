package io.muster.control.history;

import io.muster.control.caller.TenantServer;
import io.muster.control.history.MetricHistoryView.Point;
import io.muster.control.history.MetricHistoryView.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes rows of one table into series in which no step is missing. */
final class SeriesMaker {
  private final SeriesQuery asked;
  private final MetricQuery query;
  private final Grid grid;
  private final Map<Thing, Map<Integer, Stretch>> things = new LinkedHashMap<>();

  SeriesMaker(SeriesQuery asked, MetricQuery query, Grid grid) {
    this.asked = asked;
    this.query = query;
    this.grid = grid;
    expected().forEach(this::of);
  }

  private record Thing(UUID server, Map<String, String> labels) {}

  /** What has a series also when nothing was measured of it. */
  private List<Thing> expected() {
    return switch (asked.table()) {
      case SERVER -> query.serverIds().stream().map(id -> new Thing(id, Map.of())).toList();
      case NODE -> named(Label.NODE, query.names().nodes());
      case VM -> named(Label.VM, query.names().vms());
      case CLUSTER, STORAGE, QUOTA -> List.of();
    };
  }

  /** On one server only: of several, nobody says which has which. */
  private List<Thing> named(Label label, List<String> names) {
    return query.servers().size() > 1
        ? List.of()
        : names.stream()
            .map(name -> new Thing(query.serverIds().getFirst(), Map.of(label.toString(), name)))
            .toList();
  }

  private Map<Integer, Stretch> of(Thing thing) {
    return things.computeIfAbsent(thing, _ -> new HashMap<>());
  }

  void add(Stretch stretch) {
    of(new Thing(stretch.server(), stretch.labels())).put(grid.point(stretch.knownTime()), stretch);
  }

  /** How many there are of each metric. */
  int things() {
    return things.size();
  }

  /** By metric, then by server and name. */
  List<Series> series() {
    List<Series> series = new ArrayList<>();
    List<Thing> sorted =
        things.keySet().stream()
            .sorted(
                Comparator.comparing((Thing thing) -> server(thing).name())
                    .thenComparing(thing -> String.valueOf(thing.labels().values())))
            .toList();
    int number = 0;
    for (Metric metric : asked.metrics()) {
      int mean = number++;
      int max = asked.max(metric) == null ? mean : number++;
      for (Thing thing : sorted) {
        series.add(
            new Series(
                metric.name(),
                asked.source(),
                thing.server(),
                server(thing).name(),
                thing.labels(),
                points(thing, mean, max)));
      }
    }
    return series;
  }

  /**
   * @param max the same as {@code mean}: there is none
   */
  private List<Point> points(Thing thing, int mean, int max) {
    Map<Integer, Stretch> stretches = of(thing);
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < grid.points(); i++) {
      Stretch stretch = stretches.get(i);
      points.add(
          stretch == null
              ? Point.none(grid.at(i))
              : new Point(
                  grid.at(i),
                  stretch.numbers().get(mean),
                  max == mean ? null : stretch.numbers().get(max)));
    }
    return points;
  }

  private TenantServer server(Thing thing) {
    return query.servers().stream()
        .filter(server -> server.id().equals(thing.server()))
        .findFirst()
        .orElseThrow();
  }
}
