package io.muster.control.server;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one transaction changes of the inventory, to be told after its commit. */
final class Edits {
  private final Set<UUID> sites = new LinkedHashSet<>();
  private final List<Edit> news = new ArrayList<>();

  /**
   * A server that looks otherwise than before.
   *
   * @param previousName null = it was not renamed
   * @param status what is kept of its connection; null = nothing
   */
  record Edit(
      ServerRow row, @Nullable String previousName, @Nullable StatusRow status, boolean removed) {}

  /** This site's agent has something else to poll. */
  void at(UUID site) {
    sites.add(site);
  }

  void tell(Edit edit) {
    news.add(edit);
  }

  Set<UUID> sites() {
    return sites;
  }

  List<Edit> news() {
    return news;
  }
}
