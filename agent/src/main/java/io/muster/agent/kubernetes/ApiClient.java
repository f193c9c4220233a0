package io.muster.agent.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.Destinations;
import io.muster.agent.provider.PeerCertificate;
import io.muster.agent.provider.PeerTrust;
import io.muster.agent.provider.Proxies;
import io.muster.protocol.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Calls to one API server. Each blocks and ends at its deadline whatever the server does; what is
 * read is bounded.
 */
final class ApiClient implements AutoCloseable {
  /** A page of 500 objects of 100 KB each; metrics of 100,000 pods. */
  static final long MAX_BODY_BYTES = 64L << 20;

  /** Longer texts of failures repeat what was asked. */
  private static final int MAX_REASON_CHARS = 300;

  private static final long MAX_REASON_BYTES = 64 << 10;

  private final Login login;
  private final PeerTrust trust;
  private final @Nullable URI proxy;
  private final HttpClient http;
  private volatile boolean closed;

  ApiClient(Login login, Proxies proxies) throws IOException {
    this.login = login;
    this.trust = new PeerTrust(login.trust(), "set caCert to the cluster's authority");
    URI own = login.proxy();
    this.proxy = own != null ? own : proxies.to(login.api().getHost());
    this.http = Transport.open(login, trust, proxy);
  }

  /**
   * A good answer.
   *
   * @param date the server's clock, to the second; null when it did not say
   */
  record Reply(Body body, @Nullable Instant date) {}

  /** Makes an answer's value from its body. */
  @FunctionalInterface
  interface Reader<T> {
    T read(Reply reply) throws IOException, CallException;
  }

  Login login() {
    return login;
  }

  @Nullable PeerCertificate certificate() {
    return trust.seen();
  }

  List<PeerCertificate.Judged> certificates() {
    return trust.shown();
  }

  /**
   * @param path with its query
   * @param calls counts every request sent
   */
  <T> T get(String path, Reader<T> reader, Deadline deadline, CallCounter calls)
      throws CallException {
    return get(login.api(), path, reader, deadline, calls);
  }

  /** The same of another machine of the cluster, with the same credential. */
  <T> T get(URI base, String path, Reader<T> reader, Deadline deadline, CallCounter calls)
      throws CallException {
    String where = where("GET", base, path);
    HttpRequest.Builder request = request(base, path, where, deadline.remaining());
    return within(deadline, where, () -> exchange(request.build(), where, reader, calls));
  }

  /** Asks with a body; only for questions: what acts on a cluster goes another way. */
  JsonNode ask(String path, JsonNode question, Deadline deadline, CallCounter calls)
      throws CallException {
    String where = where("POST", login.api(), path);
    HttpRequest.Builder request = request(login.api(), path, where, deadline.remaining());
    request.post("application/json", question.toString());
    return within(
        deadline,
        where,
        () -> exchange(request.build(), where, reply -> Json.tree(reply.body()), calls));
  }

  /**
   * An answer without end, read by the calling thread alone; interrupting that ends it.
   *
   * @param reader whatever it returns
   * @param answerLimit for the answer's header to come
   */
  void watch(String path, Reader<Boolean> reader, Duration answerLimit, CallCounter calls)
      throws CallException {
    String where = where("GET", login.api(), path);
    HttpRequest request = request(login.api(), path, where, answerLimit).build();
    try {
      exchange(request, where, reader, calls);
    } catch (IOException | RuntimeException e) {
      throw FailureClassifier.broken(where, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw FailureClassifier.deadline(where);
    }
  }

  @Override
  public void close() {
    closed = true;
    http.close();
  }

  private interface Work<T> {
    T run() throws IOException, CallException, InterruptedException;
  }

  /**
   * The work runs in a thread of its own: name resolution can't be aborted, and the caller must be
   * back at the deadline all the same.
   */
  private static <T> T within(Deadline deadline, String where, Work<T> work) throws CallException {
    Future<T> answer = Transport.THREADS.submit(work::run);
    try {
      return answer.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw FailureClassifier.deadline(where);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw FailureClassifier.deadline(where);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CallException call) {
        throw call;
      }
      throw FailureClassifier.broken(where, e.getCause() == null ? e : e.getCause());
    } finally {
      answer.cancel(true);
    }
  }

  private <T> T exchange(HttpRequest request, String where, Reader<T> reader, CallCounter calls)
      throws IOException, CallException, InterruptedException {
    if (closed) {
      throw new IOException("the driver was closed");
    }
    Destinations.check(request.uri().getHost());
    if (proxy != null) {
      Destinations.check(proxy.getHost());
    }
    calls.add();
    HttpResponse<InputStream> response = send(request);
    try (InputStream stream = response.body()) {
      if (response.code() != 200 && response.code() != 201) {
        throw FailureClassifier.status(response.code(), where, reason(stream));
      }
      return reader.read(new Reply(new Body(stream, MAX_BODY_BYTES), date(response)));
    }
  }

  private HttpResponse<InputStream> send(HttpRequest request)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<InputStream>> sent = http.sendAsync(request, InputStream.class);
    try {
      return sent.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof NullPointerException) {
        // How fabric8 takes an answer without a body: that of a proxy to CONNECT.
        throw new IOException(
            "the proxy refuses the way (it may want a user and password in its URL)", e.getCause());
      }
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } finally {
      sent.cancel(true); // of an interrupted thread: its answer is closed when it comes
    }
  }

  private HttpRequest.Builder request(URI base, String path, String where, Duration timeout)
      throws CallException {
    if (!"https".equals(base.getScheme())) {
      throw new CallException(
          Failure.TLS, 0, where + ": not https, and the token is never sent in clear", null);
    }
    HttpRequest.Builder request =
        http.newHttpRequestBuilder()
            .uri(base + path)
            .header("Accept", "application/json")
            .header("User-Agent", "muster-agent")
            .timeout(Math.max(1, timeout.toMillis()), TimeUnit.MILLISECONDS);
    Login.Authorization authorization = login.authorization();
    if (authorization != null) {
      try {
        request.header("Authorization", authorization.header());
      } catch (IOException e) {
        throw new CallException(
            Failure.UNAUTHORIZED, 0, where + ": the token can't be read: " + e.getMessage(), e);
      }
    }
    login.headers().forEach((name, values) -> values.forEach(value -> request.header(name, value)));
    return request;
  }

  /** The API server's own sentence, in one line. */
  private static String reason(InputStream stream) {
    try {
      JsonNode status = Json.tree(new Body(stream, MAX_REASON_BYTES));
      String message = status.path("message").asText("").strip().replaceAll("\\s+", " ");
      return message.length() <= MAX_REASON_CHARS
          ? message
          : message.substring(0, MAX_REASON_CHARS) + "…";
    } catch (IOException notAStatus) {
      return "";
    }
  }

  private static @Nullable Instant date(HttpResponse<?> response) {
    String text = response.header("Date");
    if (text == null) {
      return null;
    }
    try {
      return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static String where(String method, URI base, String path) {
    int query = path.indexOf('?');
    return method + " " + (query < 0 ? path : path.substring(0, query)) + " at " + base;
  }
}
