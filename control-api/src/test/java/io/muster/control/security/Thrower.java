package io.muster.control.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.control.ControlRig;
import io.muster.control.caller.Role;
import io.muster.control.security.RawRequest.Reply;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Somebody who is let in everywhere and sends what no sound client does. */
final class Thrower {
  /** Bodies with the fields that a route knows, where the table has fewer in it. */
  private static final Map<String, String> BODIES =
      Map.of(
          "POST /api/v1/login", "{'username':'u','password':'p'}",
          "POST /api/v1/login/refresh", "{'refreshToken':'mrt_x'}",
          "PUT /api/v1/me/password", "{'currentPassword':'x','newPassword':'y'}",
          "POST /api/v1/users", "{'username':'','password':'p','role':'x','scope':{}}",
          "PATCH /api/v1/users/{id}", "{'role':'viewer','enabled':true,'scope':{}}",
          "POST /api/v1/tokens", "{'name':'','role':'viewer','scope':{},'expiresAt':'x'}",
          "POST /api/v1/tenants", "{'name':'','serverLimit':1}",
          "PATCH /api/v1/tenants/{id}", "{'name':'','serverLimit':50}",
          "POST /api/v1/sites", "{'name':'','tenant':'x'}",
          "PUT /api/v1/servers/{id}/maintenance", "{'until':'TOMORROW','reason':'x','node':'n'}");

  private final ControlRig rig;
  private final Fixture fixture;
  private final String admin;
  private final String installation;
  private final String agent;
  private final Map<String, String> paths = new HashMap<>();
  private final List<String> wrong = new ArrayList<>();
  private int sent;

  Thrower(ControlRig rig) {
    this.rig = rig;
    fixture = new Fixture(rig);
    admin = fixture.tenant().token(Role.ADMIN);
    installation = rig.home().token(Role.ADMIN);
    agent = fixture.tenant().agentToken(fixture.site());
  }

  static List<Route> routes(Predicate<Route> which) {
    return RouteTable.ROUTES.stream().filter(which).toList();
  }

  static boolean hasBody(Route route) {
    return !route.method().equals("GET") && !route.method().equals("DELETE");
  }

  /** The body that is right, or has at least the right fields. */
  static String body(Route route) {
    return BODIES
        .getOrDefault(route.key(), route.body())
        .replace('\'', '"')
        .replace("TOMORROW", Instant.now().plus(1, ChronoUnit.DAYS).toString());
  }

  /** A sound request, by somebody who may. */
  RawRequest sound(Route route) {
    Map<String, String> headers = new HashMap<>();
    if (hasBody(route)) {
      headers.put("Content-Type", "application/json");
    }
    RawRequest request =
        new RawRequest(
            route.method(),
            paths.computeIfAbsent(route.key(), key -> route.path().apply(fixture)),
            headers,
            hasBody(route) ? body(route) : null);
    return switch (route.access()) {
      case ANYBODY -> request;
      case AGENT -> signed(request, agent);
      case SELF -> signed(request, String.valueOf(rig.home().signedIn(Role.ADMIN).token()));
      case VIEWER, OPERATOR, ADMIN ->
          signed(request, route.template().startsWith("/api/v1/tenants") ? installation : admin);
    };
  }

  private static RawRequest signed(RawRequest request, String token) {
    return request.withHeader("Authorization", "Bearer " + token);
  }

  /** Has to be refused as the caller's mistake. */
  void refused(RawRequest request) {
    Reply reply = send(request);
    if (reply.status() < 400 || !isSense(reply)) {
      tell(request, reply);
    }
  }

  /** May be taken, or refused as the caller's mistake. */
  void noFailure(RawRequest request) {
    Reply reply = send(request);
    if (!isSense(reply)) {
      tell(request, reply);
    }
  }

  private static boolean isSense(Reply reply) {
    return reply.status() >= 400
        ? reply.isProblem()
            && (reply.status() < 500 || reply.body().contains("\"agent-not-connected\""))
        : reply.status() >= 200;
  }

  private Reply send(RawRequest request) {
    sent++;
    // From everywhere, so that nobody is refused for asking often.
    return (request.headers().containsKey("X-Forwarded-For")
            ? request
            : request.withHeader(
                "X-Forwarded-For", "2001:db8:0:" + Integer.toHexString(sent) + "::1"))
        .send(rig.url());
  }

  private void tell(RawRequest request, Reply reply) {
    wrong.add(request + " -> " + reply.status() + " " + reply.body());
  }

  void end() {
    assertThat(sent).isPositive();
    assertThat(wrong).isEmpty();
  }
}
