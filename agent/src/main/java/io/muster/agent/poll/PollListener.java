package io.muster.agent.poll;

import io.muster.agent.metrics.ConnectionAttempt;
import io.muster.protocol.Server;
import java.time.Duration;

/** Hears of every attempt, on the server's own thread. Must not block and must not throw. */
public interface PollListener {
  PollListener NONE =
      new PollListener() {
        @Override
        public void attempted(Server server, ConnectionAttempt attempt, Duration elapsed) {}

        @Override
        public void missed(Server server, int ticks) {}

        @Override
        public void gone(Server server) {}
      };

  /**
   * An attempt has ended and left its row.
   *
   * @param elapsed how long the attempt took, answered or not
   */
  void attempted(Server server, ConnectionAttempt attempt, Duration elapsed);

  /** Ticks that passed without an attempt because the one before ran long. */
  void missed(Server server, int ticks);

  /** The server is no longer polled under this name. */
  void gone(Server server);
}
