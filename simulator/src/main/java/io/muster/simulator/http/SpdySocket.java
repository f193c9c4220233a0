package io.muster.simulator.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.spdy.DefaultSpdyDataFrame;
import io.netty.handler.codec.spdy.DefaultSpdyPingFrame;
import io.netty.handler.codec.spdy.DefaultSpdySynReplyFrame;
import io.netty.handler.codec.spdy.SpdyDataFrame;
import io.netty.handler.codec.spdy.SpdyFrame;
import io.netty.handler.codec.spdy.SpdyPingFrame;
import io.netty.handler.codec.spdy.SpdySynStreamFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A connection that became SPDY/3.1, which kubectl speaks before 1.31. Streams are known by the
 * header {@code streamType} with which the client opens them. Neither side limits the other's flow.
 */
public final class SpdySocket {
  /** As the real server waits for a client to open its streams. */
  private static final long OPENING_SECONDS = 30;

  private final Channel channel;
  private final Map<Integer, String> types = new ConcurrentHashMap<>();
  private final Map<String, Integer> streams = new ConcurrentHashMap<>();
  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final CountDownLatch opened;

  /**
   * What came on a stream.
   *
   * @param type of the stream; empty: the client has gone
   * @param last whether nothing more comes on it
   */
  public record Received(String type, ByteBuffer content, boolean last) {}

  /**
   * @param expected so many streams are opened before anything is sent
   */
  SpdySocket(Channel channel, int expected) {
    this.channel = channel;
    this.opened = new CountDownLatch(expected);
  }

  /** Called on the connection's own thread. */
  void take(SpdyFrame frame) {
    switch (frame) {
      case SpdySynStreamFrame open -> {
        CharSequence type = open.headers().get("streamtype");
        types.put(open.streamId(), String.valueOf(type));
        streams.put(String.valueOf(type), open.streamId());
        DefaultSpdySynReplyFrame reply = new DefaultSpdySynReplyFrame(open.streamId());
        // Without any header Netty writes no header block, and the client waits for one.
        reply.headers().set("streamtype", type);
        ChannelFuture _ = channel.writeAndFlush(reply);
        opened.countDown();
      }
      case SpdyDataFrame data -> {
        ByteBuffer content = ByteBuffer.allocate(data.content().readableBytes());
        data.content().readBytes(content);
        received.add(
            new Received(types.getOrDefault(data.streamId(), "?"), content.flip(), data.isLast()));
      }
      case SpdyPingFrame ping -> {
        // Those of a client are odd.
        if (ping.id() % 2 == 1) {
          ChannelFuture _ = channel.writeAndFlush(new DefaultSpdyPingFrame(ping.id()));
        }
      }
      default -> {}
    }
  }

  /** Called when the connection is gone. */
  void ended() {
    received.add(new Received("", ByteBuffer.allocate(0), true));
  }

  /** Waits until the client has opened its streams. */
  public void awaitStreams() throws IOException, InterruptedException {
    if (!opened.await(OPENING_SECONDS, TimeUnit.SECONDS)) {
      throw new IOException("The client did not open its streams");
    }
  }

  public Received receive() throws InterruptedException {
    return received.take();
  }

  /** Sends on a stream that the client opened; nothing happens when it opened none such. */
  public void send(String type, ByteBuffer content, boolean last) throws IOException {
    Integer stream = streams.get(type);
    if (stream != null) {
      DefaultSpdyDataFrame frame = new DefaultSpdyDataFrame(stream, Unpooled.copiedBuffer(content));
      frame.setLast(last);
      Writing.await(channel.writeAndFlush(frame));
    }
  }
}
