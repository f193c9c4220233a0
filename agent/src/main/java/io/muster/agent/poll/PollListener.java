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

  /** Both hear of everything, this one first. */
  default PollListener and(PollListener other) {
    PollListener first = this;
    return new PollListener() {
      @Override
      public void attempted(Server server, ConnectionAttempt attempt, Duration elapsed) {
        first.attempted(server, attempt, elapsed);
        other.attempted(server, attempt, elapsed);
      }

      @Override
      public void missed(Server server, int ticks) {
        first.missed(server, ticks);
        other.missed(server, ticks);
      }

      @Override
      public void gone(Server server) {
        first.gone(server);
        other.gone(server);
      }
    };
  }

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
