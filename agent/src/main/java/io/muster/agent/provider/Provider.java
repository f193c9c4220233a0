package io.muster.agent.provider;

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
   * Connects and reports what an operator must know before relying on this server.
   *
   * @throws ProviderException when the server can't be reached or refuses the credential
   */
  CheckReport check(Deadline deadline) throws ProviderException;

  /** Drops connections. A poll under way fails with {@link ProviderException}. */
  @Override
  void close();
}
