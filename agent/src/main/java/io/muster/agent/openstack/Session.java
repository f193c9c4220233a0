package io.muster.agent.openstack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import io.muster.agent.provider.Deadline;
import io.muster.agent.provider.PeerCertificate;
import io.muster.protocol.Failure;
import io.muster.protocol.OpenStackServer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One account's way to the services of one region, with one token for all calls. Thread-safe. */
final class Session implements AutoCloseable {
  private static final int HTTPS_PORT = 443;

  /** Nova's own limit of a page. */
  static final int PAGE = 1000;

  /** A million things; whoever links on and on is not followed further. */
  private static final int MAX_PAGES = 1000;

  private final ApiClient client;
  private final String region;
  private final Tokens tokens;

  Session(OpenStackServer server, ApiClient client, CloudClock clock) {
    this.client = client;
    this.region = server.region();
    this.tokens = new Tokens(server, client, clock);
  }

  URI keystone() {
    return tokens.keystone();
  }

  String region() {
    return region;
  }

  ExecutorService threads() {
    return client.threads();
  }

  List<PeerCertificate.Judged> certificates() {
    return client.tls().shown();
  }

  /** The certificate that Keystone showed last; null = none. */
  @Nullable PeerCertificate certificate() {
    int port = keystone().getPort();
    return client.tls().seen(keystone().getHost(), port < 0 ? HTTPS_PORT : port);
  }

  /** Good for the calls that follow. */
  Token token(Deadline deadline, CallCounter calls) throws CallException {
    return tokens.get(deadline, calls);
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
      Token next = e.status() == 401 ? tokens.replacement(current, deadline, calls) : null;
      if (next == null) {
        throw e;
      }
      return client.ask(request(next, service, path, version), reader, deadline, calls);
    }
  }

  private Request request(Token with, Service service, String path, @Nullable Microversion version)
      throws CallException {
    Map<String, String> headers =
        version == null ? Map.of() : Map.of("OpenStack-API-Version", version.header());
    return new Request(URI.create(endpoint(with, service) + path), headers, with.id(), null);
  }

  private URI endpoint(Token with, Service service) throws CallException {
    URI endpoint =
        service == Service.IDENTITY ? keystone() : with.catalog().endpoint(service, region);
    if (endpoint == null) {
      throw CallException.noService(service, region);
    }
    if ("https".equals(keystone().getScheme()) && !"https".equals(endpoint.getScheme())) {
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
