package io.muster.simulator.openstack.api;

import io.muster.simulator.http.Answer;
import io.muster.simulator.http.Exchange;
import io.muster.simulator.http.Handler;
import io.muster.simulator.http.Request;
import io.muster.simulator.openstack.access.Token;
import io.muster.simulator.openstack.access.Tokens;
import io.muster.simulator.openstack.model.Refusal;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All services of a cloud behind one address: who asks, for what, in which version. */
public final class Gateway implements Handler {
  /** oslo.middleware's default max_request_body_size. */
  private static final int MOST_BODY_BYTES = 114_688;

  private final Map<Service, List<Route>> routes;
  private final Supplier<String> base;
  private final Microversions microversions;
  private final TokenCheck tokens;
  private final Conditions conditions;
  private final Statistics statistics = new Statistics();

  /**
   * The gateway.
   *
   * @param base where the cloud is, such as {@code https://127.0.0.1:5000}
   * @param computeMost the newest microversion of Nova, such as 93 for 2.93
   */
  public Gateway(
      Map<Service, List<Route>> routes,
      Supplier<String> base,
      int computeMost,
      Tokens tokens,
      Conditions conditions,
      InstantSource clock) {
    this.routes = Map.copyOf(routes);
    this.base = base;
    this.microversions = new Microversions(computeMost);
    this.tokens = new TokenCheck(tokens, conditions, clock);
    this.conditions = conditions;
  }

  /** How often what was called, by method and path. */
  public Map<String, Long> calls() {
    return statistics.calls();
  }

  @Override
  public void handle(Request request, Exchange exchange) throws IOException, InterruptedException {
    Service service = Service.at(request.path());
    if (service == null) {
      exchange.answer(Answer.text(404, "No service is here\n"));
    } else if (conditions.isDown(service)) {
      exchange.answer(balancer(503));
    } else {
      String requestId = "req-" + UUID.randomUUID();
      Reply plain = answer(service, request, requestId);
      Reply reply = plain.with(Stamps.of(service, request.path(), plain.status(), requestId));
      exchange.answer(
          request.method().equals("HEAD")
              ? new Reply(reply.status(), reply.contentType(), reply.headers(), null).answer()
              : reply.answer());
    }
  }

  /**
   * A failure in the form of a service; in front of it stands a load balancer, which says some.
   *
   * @param retryAfterSeconds said in a header, or null
   */
  public static Answer failure(Service service, int status, @Nullable Long retryAfterSeconds) {
    Refusal refusal =
        status == 500 && service == Service.COMPUTE
            ? Refusal.unexpected("oslo_db.exception.DBConnectionError")
            : new Refusal(status, "The server could not comply with the request.");
    Reply reply =
        status == 502 || status == 503 || status == 504
            ? null
            : Errors.of(service, refusal, "req-" + UUID.randomUUID());
    Answer answer = reply == null ? balancer(status) : reply.answer();
    return retryAfterSeconds == null
        ? answer
        : new Answer(
            answer.status(),
            answer.contentType(),
            Map.of("Retry-After", String.valueOf(retryAfterSeconds)),
            answer.body());
  }

  /** What the load balancer says instead of a service that does not. */
  private static Answer balancer(int status) {
    return new Answer(
        status,
        "text/html",
        Map.of(),
        "<html><body><h1>"
            + HttpResponseStatus.valueOf(status)
            + "</h1>\nNo server is available to handle this request.\n</body></html>\n");
  }

  private record Matched(Route route, Map<String, String> in) {}

  private @Nullable Matched match(Service service, Request request) {
    List<String> called = Route.parts(request.path().substring(service.path().length()));
    for (Route route : routes.getOrDefault(service, List.of())) {
      Map<String, String> in = route.match(request.method(), called);
      if (in != null) {
        statistics.count(route.method(), service.path() + route.path());
        return new Matched(route, in);
      }
    }
    return null;
  }

  private Reply answer(Service service, Request request, String requestId)
      throws InterruptedException {
    if (request.body().getBytes(StandardCharsets.UTF_8).length > MOST_BODY_BYTES) {
      return Errors.tooLarge(MOST_BODY_BYTES);
    }
    Matched matched = match(service, request);
    if (matched != null && matched.route().who() == Route.Who.ANYBODY) {
      return answer(service, request, matched, null, requestId);
    }
    String keystone = base.get() + Service.IDENTITY.path();
    return switch (tokens.check(service, request.header("x-auth-token"))) {
      case TokenCheck.Outcome.Good(Token token) ->
          matched == null
              ? Errors.notRouted()
              : answer(service, request, matched, token, requestId);
      case TokenCheck.Outcome.Bad _ -> Errors.unauthorized(service, keystone);
      case TokenCheck.Outcome.Unknown _ -> Errors.keystoneUnavailable(service, keystone);
    };
  }

  private Reply answer(
      Service service, Request request, Matched matched, @Nullable Token token, String requestId)
      throws InterruptedException {
    Microversions.Asked asked;
    try {
      asked = microversions.of(service, request);
    } catch (Refusal e) {
      return Errors.of(service, e, requestId)
          .with(Microversions.ofRefused(service, request, e.status()));
    }
    Reply reply;
    try {
      Route route = matched.route();
      requireAllowed(service, route, asked.minor(), token);
      requireJson(request);
      reply =
          route
              .endpoint()
              .answer(new Call(request, base.get(), matched.in(), token, asked.minor(), requestId));
    } catch (Refusal e) {
      reply =
          service == Service.IDENTITY && e.status() == 401
              ? Errors.unauthorized(service, base.get() + Service.IDENTITY.path())
              : Errors.of(service, e, requestId);
    }
    return isListOfNovasVersions(service, matched.route()) ? reply : reply.with(asked.headers());
  }

  private static boolean isListOfNovasVersions(Service service, Route route) {
    return service == Service.COMPUTE && route.path().equals("/");
  }

  private static void requireAllowed(
      Service service, Route route, int minor, @Nullable Token token) {
    if (!route.has(minor)) {
      throw new Refusal(404, "The resource could not be found.");
    }
    if (route.who() == Route.Who.ADMINISTRATORS && (token == null || !token.isAdmin())) {
      throw switch (service) {
        case IDENTITY ->
            new Refusal(
                403,
                "You are not authorized to perform the requested action: " + route.policy() + ".");
        case PLACEMENT ->
            new Refusal(403, "Policy does not allow " + route.policy() + " to be performed.");
        case COMPUTE, IMAGE, VOLUME, NETWORK -> Call.forbidden(route.policy());
      };
    }
  }

  private static void requireJson(Request request) {
    String type = request.header("content-type");
    if (request.method().equals("POST")
        && !type.isEmpty()
        && !type.startsWith("application/json")) {
      throw new Refusal(415, "Unsupported Content-Type");
    }
  }
}
