package io.muster.simulator.relay;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connection to the target that belongs to one client's: takes answers back. */
final class TargetSide extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(TargetSide.class);

  private final Channel client;
  private final Supplier<RelayMode> mode;
  private @Nullable ChannelFuture lastWrite;

  /**
   * For one client.
   *
   * @param mode of the request that is being answered
   */
  TargetSide(Channel client, Supplier<RelayMode> mode) {
    this.client = client;
    this.mode = mode;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (mode.get() instanceof RelayMode.Cut) {
      ReferenceCountUtil.release(message);
      ChannelFuture _ = client.close();
    } else {
      lastWrite = client.writeAndFlush(message);
    }
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
    ChannelFuture _ =
        client.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("Connection {} failed", ctx.channel(), cause);
    ChannelFuture _ = ctx.close();
  }
}
