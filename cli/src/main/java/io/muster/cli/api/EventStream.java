package io.muster.cli.api;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Events of a control API as they come, until either side ends it. */
public final class EventStream implements AutoCloseable {
  /** The API says something every few seconds: after this long the line is dead. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

  /** More wait in the network, until the API takes this reader for a slow one. */
  private static final int MOST_WAITING = 256;

  private final ControlAddress address;
  private final InputStream body;
  private final BlockingQueue<Heard> heard = new ArrayBlockingQueue<>(MOST_WAITING);
  private final EventReader reader;
  private final Thread listener;
  private String lastId = "";
  private long lastHeard = System.nanoTime();

  EventStream(ControlAddress address, InputStream body) {
    this.address = address;
    this.body = body;
    this.reader = new EventReader(body);
    this.listener = Thread.ofVirtual().start(this::listen);
  }

  /**
   * Waits for the next one.
   *
   * @return null = none came within {@code patience}
   * @throws ControlException when no more comes; its status is 0
   */
  public @Nullable ServerEvent next(Duration patience) {
    var end = System.nanoTime() + patience.toNanos();
    while (true) {
      var next = poll(end - System.nanoTime());
      if (next != null) {
        lastHeard = System.nanoTime();
      }
      switch (next) {
        case null -> {
          if (System.nanoTime() - lastHeard > LONGEST_SILENCE.toNanos()) {
            throw lost("said nothing for %d s".formatted(LONGEST_SILENCE.toSeconds()), null);
          }
          return null;
        }
        case Heard.Told(ServerEvent event) -> {
          lastId = event.id();
          return event;
        }
        case Heard.Beat(String id) -> lastId = id;
        case Heard.Ended(IOException why) -> throw lost(why == null ? "ended" : "broke off", why);
      }
    }
  }

  /** Up to here nothing was missed; empty when the API has given none yet. */
  public String lastId() {
    return lastId;
  }

  /** How long the API wants readers to wait before they come again; null = it has not said. */
  public @Nullable Duration retry() {
    return reader.retry();
  }

  private @Nullable Heard poll(long nanos) {
    try {
      return heard.poll(nanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      throw new ControlException("Interrupted.", ended);
    }
  }

  private ControlException lost(String how, @Nullable IOException why) {
    return new ControlException("The stream of events of %s %s.".formatted(address, how), why);
  }

  private void listen() {
    try {
      Heard next;
      do {
        next = reader.next();
        heard.put(next);
      } while (!(next instanceof Heard.Ended));
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    listener.interrupt();
    try {
      body.close();
    } catch (IOException over) {
      System.getLogger(EventStream.class.getName())
          .log(System.Logger.Level.DEBUG, "Closed a stream of events that was over", over);
    }
  }
}
