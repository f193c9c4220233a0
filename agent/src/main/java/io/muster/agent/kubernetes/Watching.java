package io.muster.agent.kubernetes;

import io.muster.agent.provider.ChangeListener;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What there is of a cluster while it is polled: a model, the watches that keep it, who is told.
 */
final class Watching implements AutoCloseable {
  private final Model model = new Model();
  private final Watches watches;
  private final @Nullable Pusher pusher;
  private boolean telling;

  /**
   * @param listener null = nobody is told
   */
  Watching(
      ApiClient client,
      Scope scope,
      CallCounter calls,
      @Nullable ChangeListener listener,
      InstantSource clock,
      String server) {
    watches = new Watches(client, scope, model, calls);
    pusher = listener == null ? null : new Pusher(model, listener, clock, server);
    watches.start();
  }

  Model model() {
    return model;
  }

  Watches watches() {
    return watches;
  }

  /** A poll has ended well: from now on, changes are told between polls. */
  void tell() {
    if (pusher != null && !telling) {
      pusher.start();
      telling = true;
    }
  }

  boolean isTold() {
    return pusher != null;
  }

  @Override
  public void close() {
    watches.close();
    if (pusher != null) {
      pusher.close();
    }
  }
}
