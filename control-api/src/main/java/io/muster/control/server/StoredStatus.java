package io.muster.control.server;

import io.micronaut.data.exceptions.DataAccessException;
import io.micronaut.transaction.TransactionOperations;
import io.muster.protocol.link.ServerStatusChange;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the newest status of each server. */
@Singleton
final class StoredStatus implements StatusSink {
  /** Far above any release's name; the column takes no more. */
  private static final int MAX_VERSION = 100;

  /** A sentence or two; an agent may send more. */
  private static final int MAX_ERROR = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(StoredStatus.class);

  private final ServerRepository servers;
  private final StatusRepository statuses;
  private final TransactionOperations<Connection> transactions;

  StoredStatus(
      ServerRepository servers,
      StatusRepository statuses,
      TransactionOperations<Connection> transactions) {
    this.servers = servers;
    this.statuses = statuses;
    this.transactions = transactions;
  }

  @Override
  public void changed(UUID site, ServerStatusChange change) {
    UUID id = change.server().value();
    try {
      transactions.executeWrite(status -> {
        boolean owned = servers.findById(id).filter(row -> row.siteId().equals(site)).isPresent();
        if (owned) {
          save(row(id, change));
        }
        return owned;
      });
    } catch (DataAccessException e) {
      // Such as a server that is deleted meanwhile: it costs this status, not the agent's link.
      LOG.warn("Cannot keep the status of server {}: {}", id, e.getMessage());
    }
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

  private void save(StatusRow row) {
    Optional<StatusRow> known = statuses.findByServerId(row.serverId());
    if (known.isPresent()) {
      statuses.update(row);
    } else {
      statuses.save(row);
    }
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
