package io.muster.simulator.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/** The way back to whoever asked. Writing blocks while the client does not read. */
public interface Exchange {
  void answer(Answer answer) throws IOException;

  /** Begins an answer of unknown length; what is flushed goes out, closing it ends the answer. */
  OutputStream stream(int status, String contentType) throws IOException;

  /**
   * Goes on as a WebSocket.
   *
   * @param protocol that was agreed upon; empty: none
   */
  WebSocket webSocket(String protocol) throws IOException;

  /**
   * Goes on as SPDY/3.1.
   *
   * @param protocol that was agreed upon
   * @param streams so many the client opens
   */
  SpdySocket spdy(String protocol, int streams) throws IOException;

  /** Closes the connection without a word. */
  void drop();

  /** Completes when the client has gone. */
  CompletableFuture<Boolean> gone();

  /** Whether the client is still there. */
  boolean isOpen();
}
