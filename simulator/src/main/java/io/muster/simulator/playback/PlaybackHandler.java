package io.muster.simulator.playback;

import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection to one recorded address. */
final class PlaybackHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(PlaybackHandler.class);

  private final String host;
  private final Player player;
  private final Set<String> times;

  PlaybackHandler(String host, Player player, Set<String> times) {
    this.host = host;
    this.player = player;
    this.times = times;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    Player.Played played = player.play(host, request.method().name(), request.uri());
    if (played == null) {
      LOG.warn("Not in the recording: {} {} at {}", request.method(), request.uri(), host);
      write(ctx, request, notRecorded());
    } else if (played.call().status() == 0) {
      // Nothing answered then.
      ChannelFuture _ = ctx.close();
    } else {
      write(ctx, request, answer(played));
    }
  }

  private static FullHttpResponse notRecorded() {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, new HttpResponseStatus(501, "Not in this recording"));
    HttpUtil.setContentLength(response, 0);
    return response;
  }

  private FullHttpResponse answer(Player.Played played) {
    RecordedCall call = played.call();
    TimeShift shift = new TimeShift(times, played.shiftSeconds());
    JsonNode recorded = call.body();
    byte[] body =
        recorded == null
            ? new byte[0]
            : shift.body(recorded).toString().getBytes(StandardCharsets.UTF_8);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            new HttpResponseStatus(call.status(), call.reason()),
            Unpooled.wrappedBuffer(body));
    call.headers().forEach(header -> response.headers().add(header.name(), shift.header(header)));
    HttpUtil.setContentLength(response, body.length);
    return response;
  }

  /** What the last {@code Connection} of the answer says is what is done. */
  private static void write(
      ChannelHandlerContext ctx, FullHttpRequest request, FullHttpResponse response) {
    List<String> said = response.headers().getAll("Connection");
    boolean stays =
        HttpUtil.isKeepAlive(request)
            && (said.isEmpty() || !said.getLast().equalsIgnoreCase("close"));
    ChannelFuture written = ctx.writeAndFlush(response);
    if (!stays) {
      ChannelFuture _ = written.addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("Connection {} failed", ctx.channel(), cause);
    ChannelFuture _ = ctx.close();
  }
}
