package io.muster.simulator.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A connection that became a WebSocket. Writing blocks while the client does not read. */
public final class WebSocket {
  private static final byte[] END = {};

  private final Channel channel;
  private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();

  WebSocket(Channel channel) {
    this.channel = channel;
  }

  /** Called on the connection's own thread. */
  void take(WebSocketFrame frame) {
    switch (frame) {
      case PingWebSocketFrame ping -> {
        ChannelFuture _ = channel.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
      }
      case CloseWebSocketFrame _ -> {
        ended();
        close();
      }
      case TextWebSocketFrame text -> received(text);
      case BinaryWebSocketFrame binary -> received(binary);
      default -> {}
    }
  }

  private void received(WebSocketFrame frame) {
    byte[] content = new byte[frame.content().readableBytes()];
    frame.content().readBytes(content);
    if (content.length > 0) {
      received.add(content);
    }
  }

  /** Called when the connection is gone. */
  void ended() {
    received.add(END);
  }

  /** Waits for the next message; null once the client has ended. */
  public byte @Nullable [] receive() throws InterruptedException {
    byte[] content = received.take();
    if (content.length == 0) {
      received.add(END);
      return null;
    }
    return content;
  }

  public void text(String content) throws IOException {
    send(new TextWebSocketFrame(content));
  }

  public void binary(byte[] content) throws IOException {
    send(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(content)));
  }

  private void send(WebSocketFrame frame) throws IOException {
    Writing.await(channel.writeAndFlush(frame));
  }

  public boolean isOpen() {
    return channel.isActive();
  }

  /** Says goodbye. */
  public void close() {
    channel
        .writeAndFlush(new CloseWebSocketFrame(1000, ""))
        .addListener(ChannelFutureListener.CLOSE);
  }
}
