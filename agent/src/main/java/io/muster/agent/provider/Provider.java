package io.muster.agent.provider;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One server of one platform. Constructors do no I/O; every call blocks, keeps its deadline, and is
 * made by one thread at a time.
 */
public interface Provider extends AutoCloseable {
  /**
   * Reads what is due now. One dead node or missing privilege costs its own data and stands in
   * {@link Snapshot#gaps()}.
   *
   * @throws ProviderException when nothing at all could be read
   */
  Snapshot poll(Tick tick) throws ProviderException;

  /**
   * Reads who the server is, in a call or two: of an entry that is polled through another one.
   *
   * @throws ProviderException when it can't be read
   */
  default Look look(Tick tick) throws ProviderException {
    return Look.NOTHING;
  }

  /** Who the server is as far as it was read; null = not yet, or nothing tells it from others. */
  default @Nullable Identity identity() {
    return null;
  }

  /** How far the last poll came; null = nothing to tell. */
  default @Nullable Coverage coverage() {
    return null;
  }

  /** Another entry has read the same server so far: that is not read again. */
  default void resumeFrom(Coverage elsewhere) {}

  /**
   * From now on, hears of what changes between polls, once the first of them has ended well. A
   * provider that sees nothing between polls has nothing to tell.
   */
  default void listen(ChangeListener listener) {}

  /**
   * Connects and reports what an operator must know before relying on this server.
   *
   * @throws ProviderException when the server can't be reached or refuses the credential
   */
  CheckReport check(Deadline deadline) throws ProviderException;

  /** Certificates that were shown so far, refused ones too. */
  default List<PeerCertificate.Judged> certificates() {
    return List.of();
  }

  /**
   * Drops connections, and tells of no more changes. A poll under way fails with {@link
   * ProviderException}.
   */
  @Override
  void close();
}
