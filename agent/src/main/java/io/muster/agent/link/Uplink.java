package io.muster.agent.link;

import io.muster.agent.metrics.Recorder;
import io.muster.agent.poll.PollListener;
import org.jspecify.annotations.Nullable;

/** The agent's side of the link, or none. */
public interface Uplink extends AutoCloseable {
  /** Of an agent with an inventory file. */
  Uplink NONE =
      new Uplink() {
        @Override
        public void start() {}

        @Override
        public PollListener listener() {
          return PollListener.NONE;
        }

        @Override
        public Recorder overhear(Recorder recorder) {
          return recorder;
        }

        @Override
        public @Nullable LinkStatus status() {
          return null;
        }

        @Override
        public void close() {}
      };

  /** Begins to connect; does not block. */
  void start();

  /** Hears of every attempt. */
  PollListener listener();

  /** The same recorder; what it is told is told on. */
  Recorder overhear(Recorder recorder);

  /** Null = this agent has no link. */
  @Nullable LinkStatus status();

  @Override
  void close();
}
