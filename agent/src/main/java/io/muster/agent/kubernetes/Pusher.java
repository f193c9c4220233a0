package io.muster.agent.kubernetes;

import io.muster.agent.provider.ChangeListener;
import java.time.Duration;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listener what changed, in bursts. */
final class Pusher implements AutoCloseable {
  /** A roll-out changes each pod several times a second: one row of them is enough. */
  static final Duration BURST = Duration.ofMillis(300);

  private static final Logger LOG = LoggerFactory.getLogger(Pusher.class);

  private final Model model;
  private final ChangeListener listener;
  private final InstantSource clock;
  private final Thread thread;

  Pusher(Model model, ChangeListener listener, InstantSource clock, String server) {
    this.model = model;
    this.listener = listener;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("changes of " + server).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        model.awaitChange();
        Thread.sleep(BURST);
        tell();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void tell() {
    try {
      listener.changed(model.takeChanges(clock.instant()));
    } catch (RuntimeException e) {
      LOG.error("What changed could not be recorded; it is at the next tick", e);
    }
  }
}
