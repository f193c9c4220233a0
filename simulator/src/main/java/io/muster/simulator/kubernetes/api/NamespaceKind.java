package io.muster.simulator.kubernetes.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.simulator.kubernetes.model.Namespace;
import java.time.Instant;
import java.util.List;

/** {@code namespaces}. */
final class NamespaceKind extends Kind<Namespace> {
  NamespaceKind() {
    super(new Names("", "v1", "namespaces", "namespace", "Namespace", false, List.of("ns"), READ));
  }

  @Override
  void write(Namespace namespace, ObjectNode into) {
    into.putObject("spec").putArray("finalizers").add("kubernetes");
    into.putObject("status").put("phase", "Active");
  }

  @Override
  List<Column> columns() {
    return List.of(Column.of("Status"), Column.of("Age"));
  }

  @Override
  List<Object> cells(Namespace namespace, Instant now) {
    return List.of("Active", Age.of(namespace.meta().created(), now));
  }
}
