package io.muster.control.infrastructure;

import io.micronaut.serde.annotation.Serdeable;
import io.muster.control.paging.PageQuery;
import java.util.List;

/**
 * One page of VMs.
 *
 * @param total how many there are in all pages
 * @param servers all that the caller sees, whatever was asked for
 */
@Serdeable
record VmPage(List<VmView> items, int page, int size, long total, List<ServerLabel> servers) {
  VmPage {
    items = List.copyOf(items);
    servers = List.copyOf(servers);
  }

  static VmPage of(List<VmView> items, PageQuery query, long total, List<ServerLabel> servers) {
    return new VmPage(items, query.page(), query.size(), total, servers);
  }
}
