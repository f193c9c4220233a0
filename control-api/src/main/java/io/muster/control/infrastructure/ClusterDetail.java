package io.muster.control.infrastructure;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.micronaut.serde.annotation.Serdeable;
import java.util.List;

/** A cluster with what it is made of. */
@Serdeable
record ClusterDetail(
    @JsonUnwrapped ClusterView cluster, List<NodeView> nodes, List<StorageView> storages) {
  ClusterDetail {
    nodes = List.copyOf(nodes);
    storages = List.copyOf(storages);
  }
}
