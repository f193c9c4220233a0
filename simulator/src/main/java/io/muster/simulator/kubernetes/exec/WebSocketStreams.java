package io.muster.simulator.kubernetes.exec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.muster.simulator.http.WebSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** {@code v4.channel.k8s.io} and {@code v5}: the first byte of a message names its stream. */
public final class WebSocketStreams implements Streams {
  /** What is spoken; with {@code v5} a client can say that its input ends. */
  public static final String PROTOCOLS = "v5.channel.k8s.io,v4.channel.k8s.io";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int STDIN = 0;
  private static final int STDOUT = 1;
  private static final int STDERR = 2;
  private static final int ERROR = 3;
  private static final int RESIZE = 4;
  private static final int CLOSE = 255;

  private final WebSocket socket;

  public WebSocketStreams(WebSocket socket) {
    this.socket = socket;
  }

  @Override
  public Input next() throws InterruptedException {
    while (true) {
      byte[] message = socket.receive();
      if (message == null) {
        return new Input.Gone();
      }
      ByteBuffer content = ByteBuffer.wrap(message, 1, message.length - 1).slice();
      switch (Byte.toUnsignedInt(message[0])) {
        case STDIN -> {
          if (content.hasRemaining()) {
            return new Input.Bytes(content);
          }
        }
        case RESIZE -> {
          return resize(StandardCharsets.UTF_8.decode(content).toString());
        }
        case CLOSE -> {
          if (content.hasRemaining() && content.get() == STDIN) {
            return new Input.End();
          }
        }
        default -> {}
      }
    }
  }

  /** Reads {@code {"Width":80,"Height":24}}. */
  static Input resize(String json) {
    try {
      JsonNode size = JSON.readTree(json);
      return new Input.Resize(size.path("Width").asInt(), size.path("Height").asInt());
    } catch (JsonProcessingException e) {
      return new Input.Resize(0, 0);
    }
  }

  @Override
  public void stdout(ByteBuffer content) throws IOException {
    send(STDOUT, content);
  }

  @Override
  public void stderr(ByteBuffer content) throws IOException {
    send(STDERR, content);
  }

  @Override
  public void end(String status) throws IOException {
    send(ERROR, StandardCharsets.UTF_8.encode(status));
    socket.close();
  }

  private void send(int stream, ByteBuffer content) throws IOException {
    byte[] message = new byte[content.remaining() + 1];
    message[0] = (byte) stream;
    content.get(message, 1, content.remaining());
    socket.binary(message);
  }
}
