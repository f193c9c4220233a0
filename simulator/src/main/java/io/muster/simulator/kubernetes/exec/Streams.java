package io.muster.simulator.kubernetes.exec;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What goes between a client and a command, whatever carries it. */
public interface Streams {
  /** What a client sends. */
  sealed interface Input {
    record Bytes(ByteBuffer content) implements Input {}

    record Resize(int columns, int rows) implements Input {}

    /** Nothing more comes for the command; it may go on. */
    record End() implements Input {}

    /** The client has gone. */
    record Gone() implements Input {}
  }

  /** Waits for what the client sends next. */
  Input next() throws InterruptedException;

  void stdout(ByteBuffer content) throws IOException;

  void stderr(ByteBuffer content) throws IOException;

  /** Tells how the command ended, as a {@code Status}, and ends. */
  void end(String status) throws IOException;
}
