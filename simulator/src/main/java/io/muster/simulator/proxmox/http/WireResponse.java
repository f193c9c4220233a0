package io.muster.simulator.proxmox.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Gives an answer the headers that the real server sends, in its order. */
final class WireResponse {
  /** Bodies up to this size go out as they are. */
  private static final int COMPRESSED_FROM_BYTES = 1024;

  private WireResponse() {}

  static FullHttpResponse of(
      ApiResponse answer,
      HttpVersion version,
      boolean keepAlive,
      @Nullable String acceptEncoding,
      Instant at) {
    byte[] plain = answer.body().getBytes(StandardCharsets.UTF_8);
    String encoding = plain.length > COMPRESSED_FROM_BYTES ? encoding(acceptEncoding) : null;
    byte[] body = encoding == null ? plain : compress(plain, encoding);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            version,
            new HttpResponseStatus(answer.status(), answer.reason()),
            Unpooled.wrappedBuffer(body));
    String now = DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atZone(ZoneOffset.UTC));
    HttpHeaders headers = response.headers();
    headers.add("Cache-Control", "max-age=0");
    if (keepAlive && answer.forwarded()) {
      // What the other process said stays beside what this one says.
      headers.add("Connection", "close");
    }
    headers.add("Connection", keepAlive ? "Keep-Alive" : "close");
    headers.add("Date", now);
    headers.add("Pragma", "no-cache");
    answer.headers().forEach(headers::add);
    headers.add("Server", "pve-api-daemon/3.0");
    if (encoding != null) {
      headers.add("Content-Encoding", encoding);
    }
    if (body.length > 0) {
      headers.add("Content-Length", body.length);
    }
    if (answer.contentType() != null) {
      headers.add("Content-Type", answer.contentType());
    }
    headers.add("Expires", now);
    return response;
  }

  private static @Nullable String encoding(@Nullable String accepted) {
    if (accepted == null) {
      return null;
    }
    if (accepted.contains("gzip")) {
      return "gzip";
    }
    return accepted.contains("deflate") ? "deflate" : null;
  }

  private static byte[] compress(byte[] body, String encoding) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream out =
        encoding.equals("gzip")
            ? new GZIPOutputStream(compressed)
            : new DeflaterOutputStream(compressed)) {
      out.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot compress in memory", e);
    }
    return compressed.toByteArray();
  }
}
