package io.muster.control.link;

import io.muster.protocol.Server;
import io.muster.protocol.link.CheckAnswer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** The sites' agents, as far as they are connected. */
public interface Agents {
  /** Whether the site's agent can be asked now. */
  boolean connected(UUID site);

  /**
   * Has the site's agent connect to a server, in the inventory or not.
   *
   * @return fails when no agent is connected, or it did not answer within {@code deadline}
   */
  CompletionStage<CheckAnswer> check(UUID site, Server server, Duration deadline);

  /**
   * Says that a site's inventory is another one since a commit.
   *
   * @param revision higher than any before
   */
  void inventoryChanged(UUID site, long revision);

  /** All that are connected. */
  List<ConnectedAgent> list();
}
