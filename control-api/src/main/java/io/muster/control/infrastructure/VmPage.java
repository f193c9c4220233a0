package io.muster.control.infrastructure;

import io.micronaut.serde.annotation.Serdeable;
import io.muster.control.paging.PageQuery;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of VMs.
 *
 * @param total how many there are in all pages
 * @param servers all that the caller sees, whatever was asked for
 * @param next of a walk, where it goes on; null = there is no more, or pages were asked for
 */
@Serdeable
record VmPage(
    List<VmView> items,
    int page,
    int size,
    long total,
    List<ServerLabel> servers,
    @Schema(example = "NmYxZDlhNTItM2M4ZS00YjdhLTllMDUtZDJhNGMxYjhmNzYzL3FlbXU6MTAx")
        @Nullable String next) {
  VmPage {
    items = List.copyOf(items);
    servers = List.copyOf(servers);
  }

  static VmPage of(
      List<VmView> items,
      PageQuery query,
      long total,
      List<ServerLabel> servers,
      @Nullable String next) {
    return new VmPage(items, query.page(), query.size(), total, servers, next);
  }
}
