package io.muster.agent;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.muster.agent.inventory.InventorySource;
import io.muster.agent.link.Uplink;
import io.muster.agent.management.DevController;
import io.muster.agent.metrics.MetricsPipeline;
import io.muster.agent.poll.Poller;
import io.muster.agent.provider.Destinations;
import io.muster.agent.settings.AgentSettings;
import io.muster.settings.DataFolderLock;
import io.muster.settings.PlainFailureException;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running agent: starts the parts in their order and ends them in the reverse one. */
final class Agent implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

  private final ApplicationContext context;
  private final InventorySource inventory;
  private final EmbeddedServer server;
  private final MetricsPipeline pipeline;
  private final Poller poller;
  private final Uplink uplink;
  private final DataFolderLock folder;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CountDownLatch closed = new CountDownLatch(1);

  private Agent(ApplicationContext context, InventorySource inventory, DataFolderLock folder) {
    this.context = context;
    this.inventory = inventory;
    this.folder = folder;
    server = context.getBean(EmbeddedServer.class);
    pipeline = context.getBean(MetricsPipeline.class);
    poller = context.getBean(Poller.class);
    uplink = context.getBean(Uplink.class);
  }

  /**
   * Starts polling, writing and answering; with every server and QuestDB down as well as up.
   *
   * @param inventory is closed with the agent
   * @throws PlainFailureException when the port is taken, or the data folder by another agent
   */
  static Agent start(AgentSettings settings, InventorySource inventory) {
    DataFolderLock folder = lock(settings, inventory);
    Destinations.deny(settings.denyAddresses());
    ApplicationContext context =
        ApplicationContext.builder()
            .banner(false)
            .deduceEnvironment(false)
            .bootstrapEnvironment(false)
            .singletons(settings, inventory)
            .properties(properties(settings))
            .build();
    try {
      Agent agent = new Agent(context.start(), inventory, folder);
      agent.startParts();
      return agent;
    } catch (RuntimeException e) {
      inventory.close();
      context.close();
      folder.close();
      throw explained(settings, e);
    }
  }

  private static DataFolderLock lock(AgentSettings settings, InventorySource inventory) {
    try {
      return DataFolderLock.take(settings.dataFolder(), "agent");
    } catch (PlainFailureException e) {
      inventory.close();
      throw e;
    }
  }

  URI managementUrl() {
    return server.getURI();
  }

  /** Blocks until the agent was closed. */
  void awaitEnd() throws InterruptedException {
    closed.await();
  }

  /** Ends polls, writes what waits, and returns within 5 s. */
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    LOG.info("Stopping");
    uplink.close();
    inventory.close();
    poller.close();
    pipeline.close();
    context.close();
    folder.close();
    LOG.info("Stopped");
    closed.countDown();
  }

  private void startParts() {
    // First the port: if it is taken, nothing was polled or written.
    server.start();
    pipeline.start();
    poller.start();
    uplink.start();
  }

  private static Map<String, Object> properties(AgentSettings settings) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("micronaut.application.name", "muster-agent");
    properties.put("micronaut.server.host", settings.managementAddress());
    properties.put(
        "micronaut.server.port", settings.managementPort() == 0 ? -1 : settings.managementPort());
    properties.put(DevController.PROPERTY, settings.devTools());
    // A few small answers: one thread carries them all.
    properties.put("micronaut.netty.event-loops.default.num-threads", 1);
    return properties;
  }

  private static RuntimeException explained(AgentSettings settings, RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return new PlainFailureException(
            "Cannot listen on %s:%d: %s. Set MUSTER_MANAGEMENT_PORT to a free port."
                .formatted(
                    settings.managementAddress(), settings.managementPort(), cause.getMessage()),
            failure);
      }
      if (cause instanceof IOException) {
        return new PlainFailureException(
            "Cannot use the data folder %s: %s"
                .formatted(settings.dataFolder(), cause.getMessage()),
            failure);
      }
    }
    return failure;
  }
}
