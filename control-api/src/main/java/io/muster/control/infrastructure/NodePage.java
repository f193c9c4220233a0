package io.muster.control.infrastructure;

import io.micronaut.serde.annotation.Serdeable;
import io.muster.control.paging.PageQuery;
import java.util.List;

/**
 * One page of nodes.
 *
 * @param total how many there are in all pages
 * @param servers all that the caller sees, whatever was asked for
 */
@Serdeable
record NodePage(List<NodeView> items, int page, int size, long total, List<ServerLabel> servers) {
  NodePage {
    items = List.copyOf(items);
    servers = List.copyOf(servers);
  }

  static NodePage of(List<NodeView> items, PageQuery query, long total, List<ServerLabel> servers) {
    return new NodePage(items, query.page(), query.size(), total, servers);
  }
}
