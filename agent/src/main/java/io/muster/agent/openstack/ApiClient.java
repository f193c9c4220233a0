package io.muster.agent.openstack;

import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Proxies;
import io.muster.protocol.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Questions to the services of one cloud, and nothing that acts: what is sent here may be sent
 * twice. Blocks, ends at the deadline whatever the server does, and never reads more than a bounded
 * answer.
 */
final class ApiClient implements AutoCloseable {
  /** A page of 1000 instances with 16 KB each. */
  static final long MAX_BODY_BYTES = 16L << 20;

  private static final String TOKEN_HEADER = "X-Auth-Token";

  private final CloudTls tls;
  private final CloudClock clock;
  private final PoolingHttpClientConnectionManager connections;
  private final CloseableHttpClient http;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  ApiClient(CloudTls tls, Proxies proxies, CloudClock clock) {
    this.tls = tls;
    this.clock = clock;
    this.connections = HttpSetup.connections(tls);
    this.http = HttpSetup.client(connections, proxies);
  }

  /**
   * A good answer.
   *
   * @param token that Keystone gave; null = none
   */
  record Reply(InputStream body, @Nullable String token) {}

  /** Makes an answer's value from its body. */
  @FunctionalInterface
  interface ReplyReader<T> {
    T read(Reply reply) throws IOException;
  }

  CloudTls tls() {
    return tls;
  }

  /** For work that goes on beside the caller's; ends with this client. */
  ExecutorService threads() {
    return threads;
  }

  /**
   * Asks once; once more when a kept-alive connection turned out to be dead.
   *
   * @param calls counts every request sent
   */
  <T> T ask(Request request, ReplyReader<T> reader, Deadline deadline, CallCounter calls)
      throws CallException {
    String where = request.where();
    try {
      try {
        return attempt(request, where, reader, deadline, calls);
      } catch (IOException e) {
        if (!FailureClassifier.staleConnection(e)) {
          throw FailureClassifier.broken(where, e);
        }
      }
      // Others that were kept alive are as stale: the repeat goes out on a new one.
      connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
      return attempt(request, where, reader, deadline, calls);
    } catch (IOException e) {
      throw FailureClassifier.broken(where, e);
    }
  }

  @Override
  public void close() {
    http.close(CloseMode.IMMEDIATE);
    threads.shutdownNow();
  }

  /**
   * The request runs in a thread of its own: name resolution can't be aborted, and the caller must
   * be back at the deadline all the same.
   */
  private <T> T attempt(
      Request request, String where, ReplyReader<T> reader, Deadline deadline, CallCounter calls)
      throws CallException, IOException {
    if (deadline.passed()) {
      throw FailureClassifier.deadline(where);
    }
    HttpUriRequestBase message = message(request, deadline);
    Future<T> answer;
    try {
      answer = threads.submit(() -> exchange(message, request, where, reader));
    } catch (RejectedExecutionException e) {
      throw FailureClassifier.broken(where, new IOException("the driver was closed", e));
    }
    calls.add();
    try {
      return answer.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw FailureClassifier.deadline(where);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw FailureClassifier.deadline(where);
    } catch (ExecutionException e) {
      throw unwrap(e, where);
    } finally {
      if (!answer.isDone()) {
        message.abort();
        answer.cancel(true);
      }
    }
  }

  private static CallException unwrap(ExecutionException e, String where) throws IOException {
    return switch (e.getCause()) {
      case CallException call -> call;
      case IOException io -> throw io;
      case IllegalStateException closed ->
          FailureClassifier.broken(where, new IOException("the driver was closed", closed));
      case Exception other -> FailureClassifier.broken(where, other);
      case null, default -> FailureClassifier.broken(where, new IOException(e));
    };
  }

  private <T> T exchange(
      HttpUriRequestBase message, Request request, String where, ReplyReader<T> reader)
      throws IOException, CallException {
    HttpHost host =
        new HttpHost(request.url().getScheme(), request.url().getHost(), request.url().getPort());
    Instant asked = clock.now();
    try (ClassicHttpResponse response = http.executeOpen(host, message, null)) {
      try {
        Instant date = date(response);
        if (date != null) {
          clock.said(date, asked);
        }
        int status = response.getCode();
        HttpEntity entity = response.getEntity();
        if (status != 200 && status != 201) {
          throw FailureClassifier.status(status, where, reason(request, response, entity));
        }
        if (entity == null) {
          throw new ProtocolException("the answer has no body");
        }
        requireJson(entity);
        Header token = response.getFirstHeader("X-Subject-Token");
        try (InputStream body = new BoundedInputStream(entity.getContent(), MAX_BODY_BYTES)) {
          return reader.read(new Reply(body, token == null ? null : token.getValue()));
        }
      } catch (IOException | CallException | RuntimeException e) {
        message.abort();
        throw e;
      }
    }
  }

  private static HttpUriRequestBase message(Request request, Deadline deadline) {
    HttpUriRequestBase message = new HttpUriRequestBase(request.method(), request.url());
    message.setHeader("Accept", "application/json");
    request.headers().forEach(message::setHeader);
    Secret token = request.token();
    if (token != null) {
      message.setHeader(TOKEN_HEADER, token.reveal());
    }
    Login login = request.login();
    if (login != null) {
      message.setEntity(new StringEntity(login.body(), ContentType.APPLICATION_JSON));
    }
    Timeout remaining = Timeout.of(deadline.remaining().plusMillis(1));
    message.setConfig(
        RequestConfig.custom()
            .setConnectionRequestTimeout(remaining)
            .setResponseTimeout(remaining)
            .build());
    return message;
  }

  /** A login page or a proxy's error would be read as an empty cloud otherwise. */
  private static void requireJson(HttpEntity entity) throws ProtocolException {
    String type = entity.getContentType();
    if (type != null && !type.startsWith("application/json")) {
      throw new ProtocolException(
          "the answer is " + ErrorText.shorten(type) + ", not JSON: is this really OpenStack?");
    }
  }

  private static @Nullable Instant date(ClassicHttpResponse response) {
    Header date = response.getFirstHeader("Date");
    return date == null ? null : DateUtils.parseStandardDate(date.getValue());
  }

  private static String reason(
      Request request, ClassicHttpResponse response, @Nullable HttpEntity entity)
      throws IOException {
    String phrase = response.getReasonPhrase() == null ? "" : response.getReasonPhrase();
    String text = entity == null ? phrase : ErrorText.of(entity.getContent(), phrase);
    Secret token = request.token();
    Login login = request.login();
    text = token == null ? text : text.replace(token.reveal(), "***");
    return login == null ? text : text.replace(login.secret().reveal(), "***");
  }
}
