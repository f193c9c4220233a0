package io.muster.agent.proxmox;

import com.fasterxml.jackson.databind.JsonNode;
import io.muster.agent.provider.CallListener;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Destinations;
import io.muster.agent.provider.PeerCertificate;
import io.muster.agent.provider.Proxies;
import io.muster.protocol.Failure;
import io.muster.protocol.ProxmoxToken;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * GETs of the Proxmox API under {@code /api2/json}, and nothing else: what is sent here may be sent
 * twice and to several members, so nothing that acts may ever be. Blocks, ends at the deadline
 * whatever the server does, and never reads more than a bounded answer.
 */
final class ApiClient implements AutoCloseable {
  /** 170,000 rows of the export, or 30,000 guests in {@code /cluster/resources}. */
  static final long MAX_BODY_BYTES = 16L << 20;

  /** What stands before every path. */
  static final String ROOT = "/api2/json";

  private final ProxmoxToken token;
  private final Tls tls;
  private final CallListener listener;
  private final PoolingHttpClientConnectionManager connections;
  private final CloseableHttpClient http;
  private final Slots slots = new Slots(HttpSetup.MAX_IN_FLIGHT);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  ApiClient(ProxmoxToken token, Tls tls, Proxies proxies, CallListener listener) {
    this.token = token;
    this.tls = tls;
    this.listener = listener;
    this.connections = HttpSetup.connections(tls);
    this.http = HttpSetup.client(connections, proxies);
  }

  /**
   * A good answer.
   *
   * @param date the answering machine's clock, to the second; null when it did not say
   */
  record Reply(InputStream body, @Nullable Instant date) {}

  /** Makes an answer's value from its body. */
  @FunctionalInterface
  interface ReplyReader<T> {
    T read(Reply reply) throws IOException;

    /** Longer answers are broken off. */
    default long maxBytes() {
      return MAX_BODY_BYTES;
    }
  }

  /**
   * Asks once; once more when a kept-alive connection turned out to be dead.
   *
   * @param path below {@code /api2/json}, with its query
   * @param calls counts every request sent
   */
  <T> T get(Endpoint at, String path, ReplyReader<T> reader, Deadline deadline, CallCounter calls)
      throws CallException {
    String where = "GET " + bare(path) + " at " + at;
    if (!at.scheme().equals("https")) {
      throw new CallException(
          Failure.TLS,
          CallException.Reach.ADDRESS,
          0,
          where + ": not https, and the token is never sent in clear",
          null);
    }
    if (!slots.acquire(at, deadline)) {
      throw FailureClassifier.deadline(where);
    }
    try {
      try {
        return attempt(at, path, where, reader, deadline, calls);
      } catch (IOException e) {
        if (!FailureClassifier.staleConnection(e)) {
          throw FailureClassifier.broken(where, e);
        }
      }
      dropIdle(); // others that were kept alive are as stale: the repeat goes out on a new one
      try {
        return attempt(at, path, where, reader, deadline, calls);
      } catch (IOException e) {
        throw FailureClassifier.broken(where, e);
      }
    } finally {
      slots.release(at);
    }
  }

  @Nullable PeerCertificate certificate(Endpoint at) {
    return tls.seen(at);
  }

  /** Closes what the server would close anyway before the next poll. */
  void dropIdle() {
    connections.closeIdle(TimeValue.ZERO_MILLISECONDS);
  }

  @Override
  public void close() {
    http.close(CloseMode.IMMEDIATE);
    threads.shutdownNow();
  }

  private <T> T attempt(
      Endpoint at,
      String path,
      String where,
      ReplyReader<T> reader,
      Deadline deadline,
      CallCounter calls)
      throws CallException, IOException {
    if (deadline.passed()) {
      throw FailureClassifier.deadline(where);
    }
    CallTap tap = new CallTap(listener, token.secret(), at, ROOT + path);
    calls.add();
    try {
      T value = send(at, path, where, reader, deadline, tap);
      tap.ended(null);
      return value;
    } catch (CallException e) {
      tap.ended(e);
      throw e;
    } catch (IOException e) {
      tap.ended(FailureClassifier.broken(where, e));
      throw e;
    }
  }

  /**
   * The request runs in a thread of its own: name resolution can't be aborted, and the caller must
   * be back at the deadline all the same.
   */
  private <T> T send(
      Endpoint at, String path, String where, ReplyReader<T> reader, Deadline deadline, CallTap tap)
      throws CallException, IOException {
    HttpGet request = request(at, path, deadline);
    Future<T> answer;
    try {
      answer = threads.submit(() -> exchange(at, request, where, reader, tap));
    } catch (java.util.concurrent.RejectedExecutionException e) {
      throw FailureClassifier.broken(where, new IOException("the driver was closed", e));
    }
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
        request.abort();
        answer.cancel(true);
      }
    }
  }

  private static CallException unwrap(ExecutionException e, String where) throws IOException {
    Throwable cause = e.getCause();
    if (cause instanceof CallException call) {
      return call;
    }
    if (cause instanceof IOException io) {
      throw io;
    }
    if (cause instanceof IllegalStateException) {
      return FailureClassifier.broken(where, new IOException("the driver was closed", cause));
    }
    return FailureClassifier.broken(
        where, cause instanceof Exception exception ? exception : new IOException(cause));
  }

  private <T> T exchange(
      Endpoint at, HttpGet request, String where, ReplyReader<T> reader, CallTap tap)
      throws IOException, CallException {
    // Behind a proxy, which resolves the name itself, nobody else would look.
    Destinations.check(at.host());
    HttpHost host = new HttpHost(at.scheme(), at.host(), at.port());
    try (ClassicHttpResponse response = http.executeOpen(host, request, null)) {
      try {
        tap.answered(response);
        if (response.getCode() != 200) {
          throw FailureClassifier.status(
              response.getCode(), where, Answers.reason(response, tap, token.secret()));
        }
        HttpEntity entity = response.getEntity();
        if (entity == null) {
          throw new MalformedAnswerException("the answer has no body");
        }
        Answers.requireJson(entity);
        try (InputStream body =
            tap.body(new BoundedInputStream(entity.getContent(), reader.maxBytes()))) {
          return reader.read(new Reply(body, Answers.date(response)));
        }
      } catch (IOException | CallException | RuntimeException e) {
        request.abort();
        throw e;
      }
    }
  }

  private HttpGet request(Endpoint at, String path, Deadline deadline) {
    HttpGet request = new HttpGet(URI.create(at + ROOT + path));
    request.setHeader("Authorization", "PVEAPIToken=" + token.id() + "=" + token.secret().reveal());
    request.setHeader("Accept", "application/json");
    Timeout remaining = Timeout.of(deadline.remaining().plusMillis(1));
    request.setConfig(
        RequestConfig.custom()
            .setConnectionRequestTimeout(remaining)
            .setResponseTimeout(remaining)
            .build());
    return request;
  }

  private static String bare(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  /** Reads a tree and hands its {@code data} on. */
  static <T> ReplyReader<T> data(DataReader<T> reader) {
    return reply -> reader.read(Json.data(reply.body()));
  }

  /** Makes a value from what stands under {@code data}. */
  @FunctionalInterface
  interface DataReader<T> {
    T read(JsonNode data) throws MalformedAnswerException;
  }
}
