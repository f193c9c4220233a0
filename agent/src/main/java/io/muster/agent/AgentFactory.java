package io.muster.agent;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.muster.agent.inspect.ApiReferences;
import io.muster.agent.inspect.CallJournal;
import io.muster.agent.inventory.Inventory;
import io.muster.agent.inventory.InventorySource;
import io.muster.agent.inventory.LinkInventorySource;
import io.muster.agent.link.LinkClient;
import io.muster.agent.link.LinkTransport;
import io.muster.agent.link.Uplink;
import io.muster.agent.management.AgentMeters;
import io.muster.agent.management.Insight;
import io.muster.agent.metrics.AgentIdentity;
import io.muster.agent.metrics.MetricsPipeline;
import io.muster.agent.metrics.QuestDbSettings;
import io.muster.agent.metrics.TrustStoreFile;
import io.muster.agent.metrics.WriterStatus;
import io.muster.agent.poll.PollSettings;
import io.muster.agent.poll.Poller;
import io.muster.agent.provider.ApiReference;
import io.muster.agent.provider.CallListener;
import io.muster.agent.provider.Destinations;
import io.muster.agent.provider.ProviderFactory;
import io.muster.agent.provider.Proxies;
import io.muster.agent.settings.AgentSettings;
import io.muster.agent.settings.LinkSettings;
import io.muster.protocol.ProviderKind;
import io.muster.protocol.Secret;
import io.muster.protocol.Server;
import io.muster.protocol.TlsTrust;
import io.muster.protocol.link.AgentMessage;
import io.muster.protocol.link.LinkProtocol;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
    Secret token = questDb.token();
    return new MetricsPipeline(
        settings.site(),
        about.agentId(),
        settings.dataFolder(),
        new QuestDbSettings(
            questDb.address(),
            settings.retention(),
            token == null ? null : new QuestDbSettings.Forwarder(token, rowTrust(settings))),
        settings.spoolBytes());
  }

  /** Null = the system's authorities vouch for the control API. */
  private static @Nullable TrustStoreFile rowTrust(AgentSettings settings) {
    LinkSettings link = settings.link();
    return link == null || link.trust().equals(TlsTrust.system())
        ? null
        : TrustStoreFile.in(settings.dataFolder());
  }

  @Singleton
  Uplink uplink(
      AgentSettings settings,
      InventorySource inventory,
      Insight.About about,
      MetricsPipeline pipeline)
      throws IOException {
    LinkSettings link = settings.link();
    if (link == null || !(inventory instanceof LinkInventorySource source)) {
      return Uplink.NONE;
    }
    // Often both are the same machine.
    Destinations.keepOwn(
        Set.copyOf(List.of(link.url().getHost(), settings.questDb().address().url().getHost())));
    Proxies proxies = new Proxies(null, settings.proxies().asVariables());
    AgentMessage.Hello hello =
        new AgentMessage.Hello(
            LinkProtocol.VERSION,
            about.agentId(),
            UUID.randomUUID(),
            about.version(),
            about.site(),
            about.startedAt());
    return new LinkClient(
        new LinkTransport(link.url(), link.token(), link.trust(), proxies, rowTrust(settings)),
        hello,
        source,
        settings.denyAddresses(),
        new Drivers(settings.proxies()),
        () -> pulse(source.current(), pipeline.status()));
  }

  private static AgentMessage.Heartbeat pulse(@Nullable Inventory inventory, WriterStatus writer) {
    return new AgentMessage.Heartbeat(
        inventory == null ? 0 : inventory.servers().size(),
        writer.writeLagMs(),
        writer.rowsBuffered(),
        writer.spoolBytes());
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
      InventorySource inventory,
      ProviderFactory drivers,
      MetricsPipeline pipeline,
      AgentMeters meters,
      Uplink uplink,
      AgentSettings settings) {
    Poller poller =
        new Poller(
            inventory,
            drivers,
            uplink.overhear(pipeline.recorder()),
            meters.and(uplink.listener()),
            new PollSettings(settings.site(), Version.current(), settings.pollInterval()));
    meters.watchServers(poller::statuses);
    return poller;
  }

  @Singleton
  Insight insight(
      Insight.About about,
      Poller poller,
      MetricsPipeline pipeline,
      InventorySource inventory,
      Uplink uplink) {
    return new LiveInsight(about, poller, pipeline, inventory, uplink);
  }
}
