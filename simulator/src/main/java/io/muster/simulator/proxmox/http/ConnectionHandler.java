package io.muster.simulator.proxmox.http;

import io.muster.simulator.proxmox.faults.ActiveFault;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection: one request after another, each answered before the next is read. */
final class ConnectionHandler extends SimpleChannelInboundHandler<HttpObject> {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionHandler.class);

  private final ApiProcess process;
  private final HttpSettings settings;
  private final Executor handlers;

  private int answered;
  private boolean keepAlive;
  private HttpVersion version = HttpVersion.HTTP_1_1;
  private @Nullable String acceptEncoding;
  private @Nullable Pending pending;
  private boolean bodyUnread;
  private @Nullable ChannelFuture lastAnswer;
  private @Nullable Future<?> idle;

  private boolean answering;

  /** Completes when the client has gone. */
  private final CompletableFuture<Boolean> gone = new CompletableFuture<>();

  /**
   * A request whose body is being read.
   *
   * @param deed answers it; null closes the connection
   */
  private record Pending(Function<byte[], @Nullable ApiResponse> deed, ByteArrayOutputStream body) {
    Pending(Function<byte[], @Nullable ApiResponse> deed) {
      this(deed, new ByteArrayOutputStream());
    }
  }

  /**
   * @param handlers runs what may block
   */
  ConnectionHandler(ApiProcess process, HttpSettings settings, Executor handlers) {
    this.process = process;
    this.settings = settings;
    this.handlers = handlers;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    waitForClient(ctx);
    ctx.read();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    stopWaiting();
    gone.complete(true);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    // Reading goes on while the client owes us something, and to see that it has gone.
    if (idle != null || answering) {
      ctx.read();
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
    if (message instanceof HttpRequest request) {
      begin(ctx, request);
    }
    if (message instanceof HttpContent content) {
      take(ctx, content);
    }
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest request) {
    bodyUnread = true;
    pending = null;
    version = request.protocolVersion();
    keepAlive = false;
    if (request.decoderResult().isFailure()) {
      refuseUnreadable(ctx, request.decoderResult().cause());
      return;
    }
    HttpHeaders headers = request.headers();
    if (headers.size() > RequestRules.MOST_HEADER_LINES) {
      close(ctx);
      return;
    }
    acceptEncoding = headers.get("Accept-Encoding");
    ApiResponse unfit = RequestRules.refuse(request, ctx.pipeline().get(SslHandler.class) != null);
    if (unfit != null) {
      send(ctx, unfit);
      return;
    }
    keepAlive = HttpUtil.isKeepAlive(request) && ++answered < settings.requestsPerConnection();
    ApiResponse refusal = admit(request);
    if (refusal != null) {
      send(ctx, refusal);
    }
  }

  /** Proxmox closes without a word on too much, and answers what it cannot read otherwise. */
  private void refuseUnreadable(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof TooLongHttpHeaderException || cause instanceof TooLongHttpLineException) {
      close(ctx);
    } else {
      send(ctx, ApiResponse.plain(400, "bad request"));
    }
  }

  /** Goes as far as the head allows; the answer when the request ends there. */
  private @Nullable ApiResponse admit(HttpRequest request) {
    ApiResponse refusal = RequestRules.refuseEncoding(request);
    if (refusal != null) {
      return refusal;
    }
    RequestHead head = RequestRules.head(request);
    ApiResponse bodyRefusal = RequestRules.refuseBody(head, HttpUtil.getContentLength(request, 0L));
    ActiveFault fault = bodyRefusal == null ? process.faultOf(head) : null;
    if (fault != null) {
      pending = new Pending(body -> process.answer(head, fault, body, gone));
      return null;
    }
    return switch (process.admit(head)) {
      case ApiProcess.Refused(ApiResponse response) -> response;
      case ApiProcess.Admitted admitted -> {
        if (bodyRefusal == null) {
          pending = new Pending(body -> process.answer(head, admitted, body));
        }
        yield bodyRefusal;
      }
    };
  }

  private void take(ChannelHandlerContext ctx, HttpContent content) {
    Pending request = pending;
    if (request != null) {
      append(request.body(), content.content());
    }
    if (!(content instanceof LastHttpContent)) {
      return;
    }
    bodyUnread = false;
    if (lastAnswer != null) {
      closeAfter(lastAnswer);
    }
    if (request != null) {
      pending = null;
      stopWaiting();
      answering = true;
      handlers.execute(() -> {
        ApiResponse answer = request.deed().apply(request.body().toByteArray());
        ctx.executor().execute(() -> answered(ctx, answer));
      });
    }
  }

  private void answered(ChannelHandlerContext ctx, @Nullable ApiResponse answer) {
    answering = false;
    if (answer == null) {
      close(ctx);
    } else {
      send(ctx, answer);
    }
  }

  private static void append(ByteArrayOutputStream body, ByteBuf part) {
    try {
      part.readBytes(body, part.readableBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to memory", e);
    }
  }

  private void send(ChannelHandlerContext ctx, ApiResponse answer) {
    if (!answer.late()) {
      write(ctx, answer);
      return;
    }
    stopWaiting();
    Future<?> _ =
        ctx.executor()
            .schedule(
                () -> write(ctx, answer),
                settings.unauthorizedDelay().toMillis(),
                TimeUnit.MILLISECONDS);
  }

  private void write(ChannelHandlerContext ctx, ApiResponse answer) {
    boolean stays = keepAlive && answer.status() < 400;
    ChannelFuture written =
        ctx.writeAndFlush(
            WireResponse.of(answer, version, stays, acceptEncoding, settings.clock().instant()));
    waitForClient(ctx);
    if (!stays && !bodyUnread) {
      closeAfter(written);
    } else {
      lastAnswer = stays ? null : written;
      // A body that is still coming is read away until the client hears the answer and stops:
      // closing at once would reset the connection and take the answer with it.
      ctx.read();
    }
  }

  private static void closeAfter(ChannelFuture written) {
    ChannelFuture _ = written.addListener(ChannelFutureListener.CLOSE);
  }

  private static void close(ChannelHandlerContext ctx) {
    ChannelFuture _ = ctx.close();
  }

  private void waitForClient(ChannelHandlerContext ctx) {
    stopWaiting();
    idle =
        ctx.executor()
            .schedule(() -> close(ctx), settings.idleClose().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void stopWaiting() {
    Future<?> waiting = idle;
    if (waiting != null) {
      waiting.cancel(false);
      idle = null;
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("Connection {} failed", ctx.channel(), cause);
    close(ctx);
  }
}
