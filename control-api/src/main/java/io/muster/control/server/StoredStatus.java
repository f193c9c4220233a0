package io.muster.control.server;

import io.micronaut.context.event.ApplicationEventPublisher;
import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.transaction.TransactionOperations;
import io.muster.protocol.link.ServerStatusChange;
import io.muster.protocol.link.VmStatusChange;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the newest status of each server, and passes on what agents tell. */
@Singleton
final class StoredStatus implements StatusSink {
  /** Far above any release's name; the column takes no more. */
  private static final int MAX_VERSION = 100;

  /** A sentence or two; an agent may send more. */
  private static final int MAX_ERROR = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(StoredStatus.class);

  private final ServerDirectory servers;
  private final StatusRepository statuses;
  private final ApplicationEventPublisher<ServerStatusKept> kept;
  private final ApplicationEventPublisher<VmStatusTold> told;
  private final TransactionOperations<Connection> transactions;

  StoredStatus(
      ServerDirectory servers,
      StatusRepository statuses,
      ApplicationEventPublisher<ServerStatusKept> kept,
      ApplicationEventPublisher<VmStatusTold> told,
      TransactionOperations<Connection> transactions) {
    this.servers = servers;
    this.statuses = statuses;
    this.kept = kept;
    this.told = told;
    this.transactions = transactions;
  }

  @Override
  public void changed(UUID site, ServerStatusChange change) {
    servers
        .find(site, change.server().value())
        .flatMap(server -> kept(server, change))
        .ifPresent(kept::publishEvent);
  }

  @Override
  public void changed(UUID site, VmStatusChange change) {
    servers
        .find(site, change.server().value())
        .ifPresent(server -> told.publishEvent(new VmStatusTold(server, change)));
  }

  private Optional<ServerStatusKept> kept(OwnedServer server, ServerStatusChange change) {
    try {
      return transactions.executeWrite(status -> {
        Optional<StatusRow> before = save(row(server.id(), change));
        return Optional.of(
            new ServerStatusKept(
                server, before.map(StatusRow::connectionStatus).orElse(null), change));
      });
    } catch (DataAccessException e) {
      // Such as a server that is deleted meanwhile: it costs this status, not the agent's link.
      LOG.warn("Cannot keep the status of server {}: {}", server.id(), e.getMessage());
      return Optional.empty();
    }
  }

  /** Null = nothing yet. */
  @Nullable StatusRow known(UUID server) {
    return statuses.findByServerId(server).orElse(null);
  }

  /** After a change of the entry: what was known of the connection is of the one before. */
  void forget(UUID server) {
    statuses
        .findByServerId(server)
        .ifPresent(known ->
            statuses.update(
                new StatusRow(
                    server,
                    ConnectionStatus.CHECKING.label(),
                    known.lastHealthCheckAt(),
                    null,
                    known.lastConnectedAt(),
                    known.learnedTimeoutMs(),
                    known.responseTimeMs(),
                    known.successRate(),
                    known.nodeCount(),
                    known.version())));
  }

  /** Gives what was there before. */
  private Optional<StatusRow> save(StatusRow row) {
    Optional<StatusRow> before = statuses.findByServerId(row.serverId());
    if (before.isPresent()) {
      statuses.update(row);
    } else {
      statuses.save(row);
    }
    return before;
  }

  private static StatusRow row(UUID id, ServerStatusChange change) {
    return new StatusRow(
        id,
        change.connection().label(),
        stored(change.at()),
        cut(change.error(), MAX_ERROR),
        change.lastConnectedAt() == null ? null : stored(change.lastConnectedAt()),
        change.learnedTimeoutMs(),
        change.responseTimeMs() == null ? null : Math.round(change.responseTimeMs()),
        change.successRate(),
        change.nodeCount(),
        cut(change.version(), MAX_VERSION));
  }

  /** As exact as both databases keep it. */
  private static Instant stored(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  /** PostgreSQL keeps no NUL, and the text comes from a platform. */
  private static @Nullable String cut(@Nullable String text, int length) {
    return text == null
        ? null
        : text.substring(0, Math.min(length, text.length())).replace('\0', ' ');
  }
}
