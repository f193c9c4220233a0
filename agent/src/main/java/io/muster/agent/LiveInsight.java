package io.muster.agent;

import io.muster.agent.inventory.FileInventorySource;
import io.muster.agent.management.Insight;
import io.muster.agent.metrics.MetricsPipeline;
import io.muster.agent.metrics.WriterStatus;
import io.muster.agent.poll.Poller;
import io.muster.agent.poll.ServerStatus;
import io.muster.protocol.configuration.ConfigurationProblem;
import java.util.List;

/** What the running parts say of themselves. */
record LiveInsight(
    About about, Poller poller, MetricsPipeline pipeline, FileInventorySource inventory)
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
    return inventory.status().problems().stream().map(ConfigurationProblem::message).toList();
  }
}
