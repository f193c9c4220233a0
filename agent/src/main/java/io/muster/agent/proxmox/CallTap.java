package io.muster.agent.proxmox;

import io.muster.agent.provider.CallListener;
import io.muster.agent.provider.Exchange;
import io.muster.protocol.Secret;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Watches one call and tells the listener how it went. The request's thread may still be reading
 * when the call has ended at its deadline.
 */
final class CallTap {
  private final CallListener listener;
  private final Secret secret;
  private final Endpoint endpoint;
  private final String path;
  private final Instant at = Instant.now();
  private final long began = System.nanoTime();
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private int status;
  private @Nullable String reason;
  private List<Exchange.Header> headers = List.of();
  private boolean hasBody;
  private long bodyBytes;

  /**
   * @param secret never told, not even when the server repeats it
   * @param path as sent
   */
  CallTap(CallListener listener, Secret secret, Endpoint endpoint, String path) {
    this.listener = listener;
    this.secret = secret;
    this.endpoint = endpoint;
    this.path = path;
  }

  synchronized void answered(ClassicHttpResponse response) {
    status = response.getCode();
    reason = response.getReasonPhrase();
    headers =
        Arrays.stream(response.getHeaders())
            .map(header -> new Exchange.Header(header.getName(), hide(header.getValue())))
            .toList();
  }

  /** The same body, with what is read of it kept. */
  InputStream body(InputStream inner) {
    synchronized (this) {
      hasBody = true;
    }
    return new Tee(inner);
  }

  /** To be called once, when the call has ended for whoever made it. */
  void ended(@Nullable CallException failure) {
    Exchange exchange;
    synchronized (this) {
      exchange =
          new Exchange(
              at,
              endpoint.uri(),
              "GET",
              path,
              Duration.ofNanos(System.nanoTime() - began),
              status,
              reason == null ? null : hide(reason),
              headers,
              hasBody ? hide(kept.toString(StandardCharsets.UTF_8)) : null,
              bodyBytes,
              bodyBytes > kept.size(),
              failure == null ? null : failure.failure(),
              failure == null ? null : failure.reason());
    }
    listener.called(exchange);
  }

  private String hide(@Nullable String text) {
    return text == null ? "" : text.replace(secret.reveal(), "***");
  }

  private synchronized void keep(byte[] buffer, int offset, int length) {
    bodyBytes += length;
    int room = listener.bodyLimit() - kept.size();
    if (room > 0) {
      kept.write(buffer, offset, Math.min(room, length));
    }
  }

  private final class Tee extends FilterInputStream {
    Tee(InputStream inner) {
      super(inner);
    }

    @Override
    public int read() throws IOException {
      int value = in.read();
      if (value >= 0) {
        keep(new byte[] {(byte) value}, 0, 1);
      }
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int read = in.read(buffer, offset, length);
      if (read > 0) {
        keep(buffer, offset, read);
      }
      return read;
    }
  }
}
