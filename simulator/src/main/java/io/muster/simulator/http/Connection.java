package io.muster.simulator.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.handler.codec.spdy.SpdyFrame;
import io.netty.handler.codec.spdy.SpdyFrameCodec;
import io.netty.handler.codec.spdy.SpdyVersion;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection: one request after another, each answered before the next is taken. */
final class Connection extends SimpleChannelInboundHandler<Object> {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  /** A message of a terminal is short; a pasted file is sent in pieces. */
  private static final int MOST_MESSAGE_BYTES = 1024 * 1024;

  private final Handler handler;
  private final Executor handlers;
  private final InstantSource clock;
  private final Map<String, String> always;
  private boolean busy;
  private volatile @Nullable WebSocket webSocket;
  private volatile @Nullable SpdySocket spdy;

  Connection(Handler handler, Executor handlers, InstantSource clock, Map<String, String> always) {
    this.handler = handler;
    this.handlers = handlers;
    this.clock = clock;
    this.always = always;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, Object message) {
    if (message instanceof WebSocketFrame frame) {
      WebSocket open = webSocket;
      if (open != null) {
        open.take(frame);
      }
    } else if (message instanceof SpdyFrame frame) {
      SpdySocket open = spdy;
      if (open != null) {
        open.take(frame);
      }
    } else if (message instanceof FullHttpRequest request) {
      if (busy || request.decoderResult().isFailure()) {
        ChannelFuture _ = ctx.close();
        return;
      }
      busy = true;
      Request read = Request.of(request);
      Wire wire = new Wire(ctx.channel(), request);
      handlers.execute(() -> answer(read, wire));
    }
  }

  private void answer(Request request, Wire wire) {
    try {
      handler.handle(request, wire);
    } catch (IOException e) {
      LOG.debug("{} {} was not heard to its end", request.method(), request.uri(), e);
      wire.drop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      wire.drop();
    } catch (RuntimeException e) {
      if (wire.isOpen()) {
        LOG.error("{} {} failed", request.method(), request.uri(), e);
      } else {
        LOG.debug("{} {} was cut", request.method(), request.uri(), e);
      }
      wire.drop();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    WebSocket open = webSocket;
    if (open != null) {
      open.ended();
    }
    SpdySocket streams = spdy;
    if (streams != null) {
      streams.ended();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("Connection {} failed", ctx.channel(), cause);
    ChannelFuture _ = ctx.close();
  }

  private final class Wire implements Exchange {
    private final Channel channel;
    private final FullHttpRequest head;
    private final boolean keepAlive;

    Wire(Channel channel, FullHttpRequest request) {
      this.channel = channel;
      this.keepAlive = HttpUtil.isKeepAlive(request);
      this.head =
          new DefaultFullHttpRequest(
              request.protocolVersion(),
              request.method(),
              request.uri(),
              Unpooled.EMPTY_BUFFER,
              request.headers().copy(),
              request.trailingHeaders().copy());
    }

    private void common(HttpResponse response, String contentType) {
      if (!contentType.isEmpty()) {
        response.headers().set("Content-Type", contentType);
      }
      always.forEach(response.headers()::set);
      response
          .headers()
          .set(
              "Date",
              DateTimeFormatter.RFC_1123_DATE_TIME.format(
                  clock.instant().atOffset(ZoneOffset.UTC)));
      if (!keepAlive) {
        response.headers().set("Connection", "close");
      }
    }

    @Override
    public void answer(Answer answer) throws IOException {
      FullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              HttpResponseStatus.valueOf(answer.status()),
              Unpooled.copiedBuffer(answer.body(), StandardCharsets.UTF_8));
      common(response, answer.contentType());
      answer.headers().forEach(response.headers()::set);
      HttpUtil.setContentLength(response, response.content().readableBytes());
      // The next request may come as soon as this one is answered.
      channel.eventLoop().execute(() -> busy = false);
      ChannelFuture written = channel.writeAndFlush(response);
      if (!keepAlive) {
        written.addListener(ChannelFutureListener.CLOSE);
      }
      Writing.await(written);
    }

    @Override
    public OutputStream stream(int status, String contentType) throws IOException {
      HttpResponse response =
          new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status));
      common(response, contentType);
      HttpUtil.setTransferEncodingChunked(response, true);
      Writing.await(channel.writeAndFlush(response));
      return new Chunks(channel, !keepAlive, () -> busy = false);
    }

    @Override
    public WebSocket webSocket(String protocol) throws IOException {
      WebSocketServerHandshaker handshaker =
          new WebSocketServerHandshakerFactory(
                  "wss://" + head.headers().get("Host") + head.uri(),
                  protocol.isEmpty() ? null : protocol,
                  true,
                  MOST_MESSAGE_BYTES)
              .newHandshaker(head);
      if (handshaker == null) {
        throw new IOException("No version of WebSocket in common");
      }
      WebSocket opened = new WebSocket(channel);
      webSocket = opened;
      Writing.await(handshaker.handshake(channel, head));
      channel
          .pipeline()
          .addBefore(
              Listener.CONNECTION, "messages", new WebSocketFrameAggregator(MOST_MESSAGE_BYTES));
      return opened;
    }

    @Override
    public SpdySocket spdy(String protocol, int streams) throws IOException {
      HttpResponse response =
          new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
      response
          .headers()
          .set("Connection", "Upgrade")
          .set("Upgrade", "SPDY/3.1")
          .set("X-Stream-Protocol-Version", protocol);
      SpdySocket opened = new SpdySocket(channel, streams);
      spdy = opened;
      ChannelPromise written = channel.newPromise();
      // In one go on the connection's thread: what comes next is read by the new codec.
      channel
          .eventLoop()
          .execute(() -> {
            ChannelFuture _ = channel.writeAndFlush(response, written);
            channel
                .pipeline()
                .addBefore(Listener.CONNECTION, "spdy", new SpdyFrameCodec(SpdyVersion.SPDY_3_1));
            channel.pipeline().remove(HttpObjectAggregator.class);
            channel.pipeline().remove(HttpServerCodec.class);
          });
      Writing.await(written);
      return opened;
    }

    @Override
    public void drop() {
      ChannelFuture _ = channel.close();
    }

    @Override
    public CompletableFuture<Boolean> gone() {
      CompletableFuture<Boolean> gone = new CompletableFuture<>();
      ChannelFuture _ = channel.closeFuture().addListener(closed -> gone.complete(true));
      return gone;
    }

    @Override
    public boolean isOpen() {
      return channel.isActive();
    }
  }
}
