package io.muster.simulator.kubernetes.exec;

import io.muster.simulator.http.SpdySocket;
import io.muster.simulator.http.SpdySocket.Received;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** {@code v4.channel.k8s.io} over SPDY: a stream of its own for each. */
public final class SpdyStreams implements Streams {
  public static final String PROTOCOL = "v4.channel.k8s.io";

  private static final String STDIN = "stdin";
  private static final String STDOUT = "stdout";
  private static final String STDERR = "stderr";
  private static final String RESIZE = "resize";
  private static final String ERROR = "error";

  private final SpdySocket socket;

  public SpdyStreams(SpdySocket socket) {
    this.socket = socket;
  }

  @Override
  public Input next() throws InterruptedException {
    while (true) {
      Received received = socket.receive();
      switch (received.type()) {
        case "" -> {
          return new Input.Gone();
        }
        case STDIN -> {
          return received.content().hasRemaining()
              ? new Input.Bytes(received.content())
              : new Input.End();
        }
        case RESIZE -> {
          if (received.content().hasRemaining()) {
            return WebSocketStreams.resize(
                StandardCharsets.UTF_8.decode(received.content()).toString());
          }
        }
        default -> {}
      }
    }
  }

  @Override
  public void stdout(ByteBuffer content) throws IOException {
    socket.send(STDOUT, content, false);
  }

  @Override
  public void stderr(ByteBuffer content) throws IOException {
    socket.send(STDERR, content, false);
  }

  @Override
  public void end(String status) throws IOException {
    socket.send(STDOUT, ByteBuffer.allocate(0), true);
    socket.send(STDERR, ByteBuffer.allocate(0), true);
    socket.send(ERROR, StandardCharsets.UTF_8.encode(status), true);
  }
}
