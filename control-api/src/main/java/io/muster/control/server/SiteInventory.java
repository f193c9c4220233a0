package io.muster.control.server;

import java.util.List;
import java.util.UUID;

/** What a site's agent has to poll. */
public interface SiteInventory {
  /** All servers of a site, in the order of their names; for its agent alone. */
  List<SiteServer> of(UUID site);

  /** Which inventory {@link #of} gives: rises with each commit. */
  long revision();
}
