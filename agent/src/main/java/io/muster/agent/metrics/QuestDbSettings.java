package io.muster.agent.metrics;

import io.muster.protocol.Secret;
import io.muster.schema.QuestDbAddress;
import io.muster.schema.Retention;
import org.jspecify.annotations.Nullable;

/**
 * Where rows go.
 *
 * @param address rows are sent to its {@code /write}
 * @param retention how long rows are kept
 * @param forwarder takes the rows for a QuestDB behind it, with a token in place of user and
 *     password; null = this is QuestDB itself
 */
public record QuestDbSettings(
    QuestDbAddress address, Retention retention, @Nullable Forwarder forwarder) {
  /** QuestDB itself. */
  public QuestDbSettings(QuestDbAddress address, Retention retention) {
    this(address, retention, null);
  }

  /**
   * A proxy that lets rows through and nothing else: tables and views are its side's.
   *
   * @param trustStore what its certificate must satisfy; null = the system's authorities
   */
  public record Forwarder(Secret token, @Nullable TrustStoreFile trustStore) {}
}
