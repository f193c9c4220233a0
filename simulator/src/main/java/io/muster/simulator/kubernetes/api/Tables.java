package io.muster.simulator.kubernetes.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.http.Request;
import io.muster.simulator.kubernetes.model.KubeObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Objects as the rows that {@code kubectl get} prints. */
final class Tables {
  private Tables() {}

  /** Whether a client would rather have a table. */
  static boolean wanted(Request request) {
    String accept = request.header("accept");
    int table = accept.indexOf("as=Table");
    return table >= 0 && accept.indexOf("g=meta.k8s.io") > table - 40;
  }

  /**
   * A table of objects.
   *
   * @param heads whether it tells its columns, as the first one does
   */
  static <T extends KubeObject<T>> ObjectNode of(
      Kind<T> kind, List<T> objects, String version, boolean heads, Instant now) {
    ObjectNode table = Json.object();
    table.put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
    table.putObject("metadata").put("resourceVersion", version);
    ArrayNode columns = table.putArray("columnDefinitions");
    if (heads) {
      heads(kind, columns);
    }
    ArrayNode rows = table.putArray("rows");
    objects.forEach(object -> row(kind, object, now, rows.addObject()));
    return table;
  }

  private static void heads(Kind<?> kind, ArrayNode into) {
    List<Kind.Column> columns = new ArrayList<>(kind.columns());
    if (kind.showsName()) {
      columns.addFirst(Kind.Column.of("Name"));
    }
    for (Kind.Column column : columns) {
      into.addObject()
          .put("name", column.name())
          .put("type", column.type())
          .put("format", column.name().equals("Name") ? "name" : "")
          .put("description", "")
          .put("priority", column.wide() ? 1 : 0);
    }
  }

  private static <T extends KubeObject<T>> void row(
      Kind<T> kind, T object, Instant now, ObjectNode into) {
    ArrayNode cells = into.putArray("cells");
    if (kind.showsName()) {
      cells.add(object.meta().name());
    }
    for (Object cell : kind.cells(object, now)) {
      cells.addPOJO(cell);
    }
    ObjectNode partial = into.putObject("object");
    partial.put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
    Json.metadata(partial, object.meta());
  }
}
