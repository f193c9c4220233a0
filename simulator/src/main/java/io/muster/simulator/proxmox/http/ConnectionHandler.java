package io.muster.simulator.proxmox.http;

import io.muster.simulator.proxmox.access.Authenticator;
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
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One connection: one request after another, each answered before the next is read. */
final class ConnectionHandler extends SimpleChannelInboundHandler<HttpObject> {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionHandler.class);

  /** As Proxmox; more lines close the connection without an answer. */
  private static final int MOST_HEADER_LINES = 64;

  /** As Proxmox; also bounds what a connection can hold in memory. */
  private static final int MOST_BODY_BYTES = 512 * 1024;

  private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "DELETE");

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

  /** An admitted request whose body is being read. */
  private record Pending(
      RequestHead head, ApiProcess.Admitted admitted, ByteArrayOutputStream body) {}

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
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    // Reading goes on only while the client owes us something.
    if (idle != null) {
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
    if (headers.size() > MOST_HEADER_LINES) {
      close(ctx);
      return;
    }
    acceptEncoding = headers.get("Accept-Encoding");
    if (ctx.pipeline().get(SslHandler.class) == null) {
      send(ctx, toTls(request));
      return;
    }
    if (!METHODS.contains(request.method().name())) {
      send(ctx, ApiResponse.empty(501, "method '" + request.method() + "' not available"));
      return;
    }
    keepAlive = HttpUtil.isKeepAlive(request) && ++answered < settings.requestsPerConnection();
    ApiResponse refusal = admit(request, headers);
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

  private static ApiResponse toTls(HttpRequest request) {
    boolean reads = request.method().name().equals("GET") || request.method().name().equals("HEAD");
    String location = "https://" + request.headers().get("Host", "localhost") + request.uri();
    return reads
        ? ApiResponse.redirect(301, "Moved Permanently", location)
        : ApiResponse.redirect(308, "Permanent Redirect", location);
  }

  /** Goes as far as the head allows; the answer when the request ends there. */
  private @Nullable ApiResponse admit(HttpRequest request, HttpHeaders headers) {
    String transferEncoding = headers.get("Transfer-Encoding");
    if (transferEncoding != null) {
      return ApiResponse.plain(
          501,
          transferEncoding.equalsIgnoreCase("chunked")
              ? "chunked transfer encoding not supported"
              : "Unknown transfer encoding '" + transferEncoding + "'");
    }
    RequestHead head = head(request, headers);
    return switch (process.admit(head)) {
      case ApiProcess.Refused(ApiResponse response) -> response;
      case ApiProcess.Admitted admitted -> {
        ApiResponse refusal = refuseBody(head, HttpUtil.getContentLength(request, 0L));
        if (refusal == null) {
          pending = new Pending(head, admitted, new ByteArrayOutputStream());
        }
        yield refusal;
      }
    };
  }

  private static RequestHead head(HttpRequest request, HttpHeaders headers) {
    String uri = request.uri();
    int question = uri.indexOf('?');
    String rawPath = question < 0 ? uri : uri.substring(0, question);
    return new RequestHead(
        request.method().name(),
        decode(rawPath),
        question < 0 ? "" : uri.substring(question + 1),
        headers.get("Content-Type"),
        Authenticator.credentials(
            headers.get("Cookie"),
            headers.get("Authorization"),
            headers.get("CSRFPreventionToken")));
  }

  private static String decode(String rawPath) {
    try {
      // Unlike in a form, a plus is a plus.
      return QueryStringDecoder.decodeComponent(rawPath.replace("+", "%2B"));
    } catch (IllegalArgumentException e) {
      return rawPath;
    }
  }

  private static @Nullable ApiResponse refuseBody(RequestHead head, long length) {
    if (length == 0) {
      return null;
    }
    if (!head.method().equals("POST") && !head.method().equals("PUT")) {
      return ApiResponse.plain(501, "Unexpected content for method '" + head.method() + "'");
    }
    if (length > MOST_BODY_BYTES) {
      return ApiResponse.plain(501, "for data too large");
    }
    String contentType = head.contentType();
    if (contentType != null
        && !Set.of("application/x-www-form-urlencoded", "application/json")
            .contains(Parameters.mediaType(contentType))) {
      return ApiResponse.plain(506, "upload 'Content-Type '" + contentType + "' not implemented");
    }
    return null;
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
      handlers.execute(() -> {
        ApiResponse answer =
            process.answer(request.head(), request.admitted(), request.body().toByteArray());
        ctx.executor().execute(() -> send(ctx, answer));
      });
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
