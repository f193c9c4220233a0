package io.muster.agent.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.muster.agent.provider.Deadline;
import io.muster.protocol.Failure;
import io.muster.protocol.OpenStackServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One account's way to the services of one region: one token for all calls, renewed before it ends
 * and after a service refused it. Thread-safe.
 */
final class Session implements AutoCloseable {
  /**
   * A token this young that is refused is no matter of time: another one would be refused as well.
   */
  private static final Duration YOUNG = Duration.ofSeconds(30);

  /** Nova's own limit of a page. */
  static final int PAGE = 1000;

  /** A million things; whoever links on and on is not followed further. */
  private static final int MAX_PAGES = 1000;

  private final ApiClient client;
  private final Login login;
  private final String region;
  private final URI keystone;
  private final CloudClock clock;
  private final ReentrantLock signingIn = new ReentrantLock();
  private volatile @Nullable Token token;
  private volatile @Nullable Instant refusedAt;

  Session(OpenStackServer server, ApiClient client, CloudClock clock) {
    this.client = client;
    this.login = new Login(server.credential());
    this.region = server.region();
    this.keystone = keystone(server.authUrl());
    this.clock = clock;
  }

  /** With its version, whether it was configured with it or not. */
  private static URI keystone(URI authUrl) {
    String text = authUrl.toString().replaceAll("/+$", "");
    return URI.create(text.endsWith("/v3") ? text : text + "/v3");
  }

  URI keystone() {
    return keystone;
  }

  String region() {
    return region;
  }

  ExecutorService threads() {
    return client.threads();
  }

  /** The certificate that Keystone showed last; null = none. */
  @Nullable SeenCertificate certificate() {
    int port = keystone.getPort();
    return client.tls().seen(keystone.getHost(), port < 0 ? 443 : port);
  }

  /** Good for the calls that follow. */
  Token token(Deadline deadline, CallCounter calls) throws CallException {
    Token current = token;
    Instant now = clock.now();
    if (current != null && !current.isDue(now)) {
      return current;
    }
    try {
      return renew(current, deadline, calls);
    } catch (CallException e) {
      boolean refused = e.failure() == Failure.UNAUTHORIZED;
      if (current == null || refused || !current.isGood(now)) {
        throw e;
      }
      return current; // Keystone is away: the old one is good for a while
    }
  }

  /** A tree of one thing. */
  JsonNode get(
      Service service,
      String path,
      @Nullable Microversion version,
      Deadline deadline,
      CallCounter calls)
      throws CallException {
    return ask(service, path, version, reply -> Json.tree(reply.body()), deadline, calls);
  }

  /**
   * All pages of a list.
   *
   * @param path with its query
   * @param field that holds the members
   */
  <J> void list(
      Service service,
      String path,
      @Nullable Microversion version,
      String field,
      ObjectReader reader,
      Consumer<J> taker,
      Deadline deadline,
      CallCounter calls)
      throws CallException {
    String page = path;
    for (int pages = 0; pages < MAX_PAGES; pages++) {
      String next =
          this.<@Nullable String>ask(
              service,
              page,
              version,
              reply -> Json.list(reply.body(), field, reader, taker),
              deadline,
              calls);
      if (next == null) {
        return;
      }
      // A service behind a proxy may not know its own address: only what it asks for is taken.
      String query = query(next);
      String following = bare(path) + "?" + query;
      if (query.isEmpty() || following.equals(page)) {
        throw new CallException(
            Failure.UNEXPECTED_ANSWER, 0, bare(path) + ": its pages have no end", null);
      }
      page = following;
    }
  }

  /** The version document of Nova. */
  ComputeVersions computeVersions(Deadline deadline, CallCounter calls) throws CallException {
    Token current = token(deadline, calls);
    URI root = Catalog.versionRoot(endpoint(current, Service.COMPUTE));
    Request request = new Request(root, Map.of(), current.id(), null);
    JsonNode document = client.ask(request, reply -> Json.tree(reply.body()), deadline, calls);
    return ComputeVersions.read(document, request.where());
  }

  @Override
  public void close() {
    client.close();
  }

  private <T extends @Nullable Object> T ask(
      Service service,
      String path,
      @Nullable Microversion version,
      ApiClient.ReplyReader<T> reader,
      Deadline deadline,
      CallCounter calls)
      throws CallException {
    Token current = token(deadline, calls);
    try {
      return client.ask(request(current, service, path, version), reader, deadline, calls);
    } catch (CallException e) {
      Token next = e.status() == 401 ? replacement(current, deadline, calls) : null;
      if (next == null) {
        throw e;
      }
      return client.ask(request(next, service, path, version), reader, deadline, calls);
    }
  }

  /** Null = a new one would be refused, too. */
  private @Nullable Token replacement(Token refused, Deadline deadline, CallCounter calls)
      throws CallException {
    Token current = token;
    if (current != null && !current.equals(refused)) {
      return current;
    }
    Instant last = refusedAt;
    Instant now = clock.now();
    if (last != null && now.isBefore(last.plus(YOUNG))) {
      return null;
    }
    return renew(refused, deadline, calls);
  }

  private Token renew(@Nullable Token old, Deadline deadline, CallCounter calls)
      throws CallException {
    signingIn.lock();
    try {
      Token current = token;
      if (current != null && !current.equals(old)) {
        return current; // another thread was quicker
      }
      boolean early = old != null && !old.isDue(clock.now());
      Token next = signIn(deadline, calls);
      refusedAt = early ? clock.now() : refusedAt;
      token = next;
      return next;
    } finally {
      signingIn.unlock();
    }
  }

  private Token signIn(Deadline deadline, CallCounter calls) throws CallException {
    Request request = Request.signIn(URI.create(keystone + "/auth/tokens"), login);
    Instant asked = clock.now();
    Token next;
    try {
      next = client.ask(request, reply -> Token.read(reply, clock.now()), deadline, calls);
    } catch (CallException e) {
      throw e.failure() == Failure.UNAUTHORIZED
          ? new CallException(e.failure(), e.status(), e.reason() + " (" + login.advice() + ")", e)
          : e;
    }
    if (next.issuedAt() != null) {
      clock.said(next.issuedAt(), asked);
    }
    if (!next.catalog().regionNames().contains(region)) {
      throw new CallException(
          Failure.UNEXPECTED_ANSWER,
          0,
          "the catalog has no region '%s', only %s: correct `region`"
              .formatted(region, next.catalog().regionNames()),
          null);
    }
    return next;
  }

  private Request request(Token with, Service service, String path, @Nullable Microversion version)
      throws CallException {
    Map<String, String> headers =
        version == null ? Map.of() : Map.of("OpenStack-API-Version", version.header());
    return new Request(URI.create(endpoint(with, service) + path), headers, with.id(), null);
  }

  private URI endpoint(Token with, Service service) throws CallException {
    URI endpoint =
        service == Service.IDENTITY ? keystone : with.catalog().endpoint(service, region);
    if (endpoint == null) {
      throw CallException.noService(service, region);
    }
    if ("https".equals(keystone.getScheme()) && !"https".equals(endpoint.getScheme())) {
      throw new CallException(
          Failure.TLS,
          0,
          "the catalog says %s for %s: Keystone's token is not sent in clear"
              .formatted(endpoint, service.label()),
          null);
    }
    return endpoint;
  }

  private static String bare(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  private static String query(String href) {
    int query = href.indexOf('?');
    return query < 0 ? "" : href.substring(query + 1);
  }
}
