package io.muster.simulator.relay;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection; at its first request that is passed on it gets one of its own to the
 * target. It reads on only when what it read is written, so that a slow side holds up the other.
 */
final class ClientSide extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(ClientSide.class);

  private final Relay relay;
  private final InetSocketAddress target;
  private RelayMode mode = new RelayMode.Pass();
  private @Nullable ChannelFuture onward;
  private @Nullable ChannelFuture lastWrite;

  ClientSide(Relay relay, InetSocketAddress target) {
    this.relay = relay;
    this.target = target;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    HttpObject part = (HttpObject) message;
    if (part.decoderResult().isFailure()) {
      LOG.warn("Cannot read a request", part.decoderResult().cause());
      drop(ctx, part);
      return;
    }
    if (part instanceof HttpRequest) {
      mode = relay.nextRequest();
    }
    switch (mode) {
      case RelayMode.Pass _, RelayMode.Cut _ -> passOn(ctx, part);
      case RelayMode.Refuse _ -> drop(ctx, part);
      case RelayMode.Hang _ -> {
        relay.hangs(ctx.channel());
        ReferenceCountUtil.release(part);
      }
      case RelayMode.Status(int status) -> {
        if (part instanceof LastHttpContent) {
          lastWrite = ctx.writeAndFlush(answer(status));
        }
        ReferenceCountUtil.release(part);
      }
    }
  }

  private static void drop(ChannelHandlerContext ctx, HttpObject part) {
    ReferenceCountUtil.release(part);
    ChannelFuture _ = ctx.close();
  }

  private static FullHttpResponse answer(int status) {
    byte[] text =
        ("The relay was told to answer " + status + "\n").getBytes(StandardCharsets.UTF_8);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(text));
    HttpUtil.setContentLength(response, text.length);
    return response;
  }

  private void passOn(ChannelHandlerContext ctx, HttpObject part) {
    ChannelFuture way = onward;
    if (way == null) {
      way = connect(ctx);
      onward = way;
    }
    var written = ctx.newPromise();
    lastWrite = written;
    // Listeners run in the order in which they came, all on this connection's own loop.
    ChannelFuture _ =
        way.addListener((ChannelFuture connected) -> {
          if (connected.isSuccess()) {
            ChannelFuture _ =
                connected
                    .channel()
                    .writeAndFlush(part)
                    .addListener((ChannelFuture done) -> written.trySuccess());
          } else {
            LOG.warn("Cannot reach {}", target, connected.cause());
            drop(ctx, part);
          }
        });
  }

  private ChannelFuture connect(ChannelHandlerContext ctx) {
    return new Bootstrap()
        .group(ctx.channel().eventLoop())
        .channel(NioSocketChannel.class)
        .option(ChannelOption.AUTO_READ, false)
        .handler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel there) {
                there
                    .pipeline()
                    .addLast(new HttpClientCodec(Relay.decoding(), false, false))
                    .addLast(new TargetSide(ctx.channel(), () -> mode));
              }
            })
        .connect(target);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ChannelFuture last = lastWrite;
    if (last == null) {
      ctx.read();
    } else {
      ChannelFuture _ = last.addListener((ChannelFuture done) -> ctx.read());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ChannelFuture way = onward;
    if (way != null) {
      ChannelFuture _ = way.addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("Connection {} failed", ctx.channel(), cause);
    ChannelFuture _ = ctx.close();
  }
}
