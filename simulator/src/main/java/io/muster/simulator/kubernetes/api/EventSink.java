package io.muster.simulator.kubernetes.api;

import io.muster.simulator.http.Exchange;
import io.muster.simulator.http.Request;
import io.muster.simulator.http.WebSocket;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Where the events of a watch go. */
interface EventSink {
  void event(String json) throws IOException;

  void flush() throws IOException;

  /** Ends the watch in order. */
  void end() throws IOException;

  /** Lines of a stream, or messages of a WebSocket, as the client wishes. */
  static EventSink to(Exchange exchange, Request request) throws IOException {
    return request.isWebSocket()
        ? messages(exchange.webSocket(""))
        : lines(exchange.stream(200, "application/json"));
  }

  private static EventSink lines(OutputStream out) throws IOException {
    out.flush();
    return new EventSink() {
      @Override
      public void event(String json) throws IOException {
        out.write((json + "\n").getBytes(StandardCharsets.UTF_8));
      }

      @Override
      public void flush() throws IOException {
        out.flush();
      }

      @Override
      public void end() throws IOException {
        out.close();
      }
    };
  }

  private static EventSink messages(WebSocket socket) {
    return new EventSink() {
      @Override
      public void event(String json) throws IOException {
        socket.text(json);
      }

      @Override
      public void flush() {}

      @Override
      public void end() {
        socket.close();
      }
    };
  }
}
