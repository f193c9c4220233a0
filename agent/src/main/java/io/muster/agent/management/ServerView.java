package io.muster.agent.management;

import io.micronaut.serde.annotation.Serdeable;
import io.muster.agent.metrics.ConnectionAttempt;
import io.muster.agent.poll.ServerStatus;
import io.muster.agent.provider.Gap;
import io.muster.agent.provider.ProviderFactory;
import io.muster.agent.provider.ServerFacts;
import io.muster.protocol.KubernetesServer;
import io.muster.protocol.OpenStackServer;
import io.muster.protocol.ProxmoxServer;
import io.muster.protocol.Server;
import io.muster.protocol.TlsTrust;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One server of the inventory. Times are ISO 8601 in UTC.
 *
 * @param status as in {@code /health/providers}
 * @param timeoutMs learned, in force at the next attempt
 * @param lagMs how far behind its plan the newest poll went out
 * @param missingPrivileges null = not asked yet
 * @param notes what an operator should know of this entry
 */
@Serdeable
record ServerView(
    String id,
    String name,
    String provider,
    String status,
    List<String> tags,
    String route,
    long intervalMs,
    long timeoutMs,
    String breaker,
    int consecutiveFailures,
    @Nullable AttemptView lastPoll,
    @Nullable String lastSuccessAt,
    @Nullable Double lastSuccessAgeSeconds,
    double lagMs,
    long missedTicks,
    @Nullable String version,
    @Nullable String endpoint,
    @Nullable String tokenExpiresAt,
    @Nullable String certificateExpiresAt,
    @Nullable String certificateSha256,
    @Nullable List<String> missingPrivileges,
    @Nullable String duplicateOf,
    List<GapView> gaps,
    List<String> notes) {

  /** The newest attempt: its row. */
  @Serdeable
  record AttemptView(
      String tick,
      boolean success,
      @Nullable Double responseTimeMs,
      int apiCalls,
      int rowsRead,
      @Nullable String failure,
      @Nullable String errorMessage,
      @Nullable Integer nodesOnline,
      @Nullable Integer nodesTotal,
      @Nullable Long clockSkewMs) {
    static AttemptView of(ConnectionAttempt row) {
      return new AttemptView(
          row.ts().toString(),
          row.success(),
          row.responseTimeMs(),
          row.apiCalls(),
          row.rowsRead(),
          text(row.failure()),
          row.errorMessage(),
          row.nodesOnline(),
          row.nodesTotal(),
          row.clockSkewMs());
    }
  }

  /** A part that could not be read while the rest could. */
  @Serdeable
  record GapView(String subject, String failure, String message) {
    static GapView of(Gap gap) {
      return new GapView(gap.subject(), gap.failure().name(), gap.message());
    }
  }

  static ServerView of(ServerStatus status, Instant now) {
    ServerFacts known = status.facts();
    ServerFacts facts = known == null ? ServerFacts.UNKNOWN : known;
    ConnectionAttempt last = status.last();
    Server server = status.server();
    return new ServerView(
        server.entry().id().toString(),
        server.entry().name(),
        server.kind().label(),
        ProviderHealthView.status(status),
        server.entry().tags(),
        server.entry().route(),
        status.interval().toMillis(),
        status.timeout().toMillis(),
        status.breaker().label(),
        status.consecutiveFailures(),
        last == null ? null : AttemptView.of(last),
        text(status.lastSuccess()),
        ProviderHealthView.age(status.lastSuccess(), now),
        status.late().toNanos() / 1e6,
        status.missedTicks(),
        facts.version(),
        text(facts.endpoint()),
        text(facts.tokenExpiresAt()),
        text(facts.certificateExpiresAt()),
        text(facts.certificateSha256()),
        facts.missingPrivileges(),
        facts.duplicateOf(),
        status.gaps().stream().map(GapView::of).toList(),
        notes(status));
  }

  private static List<String> notes(ServerStatus status) {
    List<String> notes = new ArrayList<>();
    if (status.condition() == ServerStatus.Condition.NO_DRIVER) {
      notes.add(ProviderFactory.noDriver(status.server().kind()));
    }
    ServerFacts facts = status.facts();
    if (facts != null && facts.duplicateOf() != null) {
      notes.add(
          "the same cluster as %s, which is polled; this entry is looked at and stands by"
              .formatted(facts.duplicateOf()));
    }
    if (!tls(status.server()).verify()) {
      notes.add("its certificate is not verified (verifyTls is false)");
    }
    return notes;
  }

  private static TlsTrust tls(Server server) {
    return switch (server) {
      case ProxmoxServer proxmox -> proxmox.tls();
      case KubernetesServer kubernetes -> kubernetes.tls();
      case OpenStackServer openStack -> openStack.tls();
    };
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
