package io.muster.agent;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.muster.agent.inspect.ApiReferences;
import io.muster.agent.inspect.CallJournal;
import io.muster.agent.inventory.FileInventorySource;
import io.muster.agent.management.AgentMeters;
import io.muster.agent.management.Insight;
import io.muster.agent.metrics.AgentIdentity;
import io.muster.agent.metrics.MetricsPipeline;
import io.muster.agent.metrics.QuestDbSettings;
import io.muster.agent.poll.PollSettings;
import io.muster.agent.poll.Poller;
import io.muster.agent.provider.ApiReference;
import io.muster.agent.provider.CallListener;
import io.muster.agent.provider.ProviderFactory;
import io.muster.agent.settings.AgentSettings;
import io.muster.protocol.ProviderKind;
import io.muster.protocol.Server;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/**
 * Wires the parts of a running agent. Nothing here does more I/O than reading the agent's identity;
 * {@link Agent} starts and ends the parts in their order.
 */
@Factory
final class AgentFactory {
  @Singleton
  CallJournal calls() {
    return new CallJournal();
  }

  @Singleton
  ProviderFactory drivers(AgentSettings settings, CallJournal calls, MetricsPipeline pipeline) {
    return new Drivers(
        settings.proxies(),
        settings.devTools() ? server -> listener(server, calls) : server -> CallListener.NONE,
        pipeline::progressOf,
        settings.backfillReach());
  }

  private static CallListener listener(Server server, CallJournal calls) {
    return Drivers.reference(server.kind())
        .map(reference -> calls.of(server.entry().name(), reference))
        .orElse(CallListener.NONE);
  }

  @Singleton
  ApiReferences references() {
    Map<ProviderKind, ApiReference> references = new EnumMap<>(ProviderKind.class);
    for (ProviderKind kind : ProviderKind.values()) {
      Drivers.reference(kind).ifPresent(reference -> references.put(kind, reference));
    }
    return new ApiReferences(references);
  }

  @Singleton
  Insight.About about(AgentSettings settings) throws IOException {
    return new Insight.About(
        AgentIdentity.load(settings.dataFolder()),
        Version.current(),
        settings.site(),
        Instant.now());
  }

  @Singleton
  MetricsPipeline pipeline(AgentSettings settings, Insight.About about) {
    AgentSettings.QuestDb questDb = settings.questDb();
    return new MetricsPipeline(
        settings.site(),
        about.agentId(),
        settings.dataFolder(),
        new QuestDbSettings(
            questDb.url(),
            questDb.user(),
            questDb.password(),
            new QuestDbSettings.Retention(
                settings.retention().rawDays(), settings.retention().hourlyDays())),
        settings.spoolBytes());
  }

  @Singleton
  PrometheusMeterRegistry registry() {
    return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  }

  @Singleton
  @Bean(preDestroy = "close")
  AgentMeters meters(PrometheusMeterRegistry registry, MetricsPipeline pipeline) {
    AgentMeters meters = new AgentMeters(registry);
    meters.watchWriter(pipeline::status);
    return meters;
  }

  @Singleton
  Poller poller(
      FileInventorySource inventory,
      ProviderFactory drivers,
      MetricsPipeline pipeline,
      AgentMeters meters,
      AgentSettings settings) {
    Poller poller =
        new Poller(
            inventory,
            drivers,
            pipeline.recorder(),
            meters,
            new PollSettings(settings.site(), Version.current(), settings.pollInterval()));
    meters.watchServers(poller::statuses);
    return poller;
  }

  @Singleton
  Insight insight(
      Insight.About about, Poller poller, MetricsPipeline pipeline, FileInventorySource inventory) {
    return new LiveInsight(about, poller, pipeline, inventory);
  }
}
