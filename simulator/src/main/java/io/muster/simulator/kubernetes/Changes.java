package io.muster.simulator.kubernetes;

import io.muster.simulator.kubernetes.model.KubeObject;
import io.muster.simulator.kubernetes.store.Change;
import io.muster.simulator.kubernetes.store.Store;
import io.muster.simulator.kubernetes.store.Stores;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The newest writes of all kinds, for whoever measures how late they are heard of. */
final class Changes {
  private Changes() {}

  /** At most so many, the newest first, each with the moment at which it was written. */
  static List<Map<String, Object>> newest(Stores stores, int most) {
    List<Map<String, Object>> rows = new ArrayList<>();
    add(rows, "Node", stores.nodes(), most);
    add(rows, "Pod", stores.pods(), most);
    add(rows, "Deployment", stores.deployments(), most);
    add(rows, "Event", stores.events(), most);
    rows.sort(
        Comparator.comparingLong((Map<String, Object> row) -> (Long) row.get("resourceVersion"))
            .reversed());
    return rows.subList(0, Math.min(most, rows.size()));
  }

  private static <T extends KubeObject<T>> void add(
      List<Map<String, Object>> rows, String kind, Store<T> store, int most) {
    for (Change<T> change : store.newest(most)) {
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("kind", kind);
      row.put("namespace", change.object().meta().namespace());
      row.put("name", change.object().meta().name());
      row.put("type", change.type());
      row.put("resourceVersion", change.version());
      row.put("at", change.at().toString());
      rows.add(row);
    }
  }
}
