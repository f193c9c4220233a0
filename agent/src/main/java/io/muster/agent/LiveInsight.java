package io.muster.agent;

import io.muster.agent.inventory.InventorySource;
import io.muster.agent.link.LinkStatus;
import io.muster.agent.link.Uplink;
import io.muster.agent.management.Insight;
import io.muster.agent.metrics.MetricsPipeline;
import io.muster.agent.metrics.WriterStatus;
import io.muster.agent.poll.Poller;
import io.muster.agent.poll.ServerStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the running parts say of themselves. */
record LiveInsight(
    About about, Poller poller, MetricsPipeline pipeline, InventorySource inventory, Uplink uplink)
    implements Insight {
  @Override
  public List<ServerStatus> servers() {
    return poller.statuses();
  }

  @Override
  public WriterStatus writer() {
    return pipeline.status();
  }

  @Override
  public List<String> inventoryProblems() {
    return inventory.problems();
  }

  @Override
  public boolean inventoryKnown() {
    return inventory.current() != null;
  }

  @Override
  public @Nullable LinkStatus link() {
    return uplink.status();
  }
}
