package io.muster.simulator.kubernetes.faults;

import io.muster.simulator.http.Answer;
import io.muster.simulator.http.Exchange;
import io.muster.simulator.http.SpdySocket;
import io.muster.simulator.http.WebSocket;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** The way back that breaks off. */
final class TruncatedExchange implements Exchange {
  private final Exchange whole;
  private final int bytes;

  TruncatedExchange(Exchange whole, int bytes) {
    this.whole = whole;
    this.bytes = bytes;
  }

  @Override
  public void answer(Answer answer) throws IOException {
    try (OutputStream out = stream(answer.status(), answer.contentType())) {
      out.write(answer.body().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public OutputStream stream(int status, String contentType) throws IOException {
    return new FilterOutputStream(whole.stream(status, contentType)) {
      private int left = bytes;

      @Override
      public void write(byte[] content, int offset, int length) throws IOException {
        if (length <= left) {
          left -= length;
          out.write(content, offset, length);
          return;
        }
        out.write(content, offset, left);
        out.flush();
        drop();
        throw new IOException("The fault cuts here");
      }
    };
  }

  @Override
  public WebSocket webSocket(String protocol) throws IOException {
    return whole.webSocket(protocol);
  }

  @Override
  public SpdySocket spdy(String protocol, int streams) throws IOException {
    return whole.spdy(protocol, streams);
  }

  @Override
  public void drop() {
    whole.drop();
  }

  @Override
  public boolean isOpen() {
    return whole.isOpen();
  }

  @Override
  public CompletableFuture<Boolean> gone() {
    return whole.gone();
  }
}
