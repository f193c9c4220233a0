package io.muster.control.security;

import static io.muster.control.security.Access.ADMIN;
import static io.muster.control.security.Access.AGENT;
import static io.muster.control.security.Access.ANYBODY;
import static io.muster.control.security.Access.OPERATOR;
import static io.muster.control.security.Access.SELF;
import static io.muster.control.security.Access.VIEWER;

import java.util.List;

/** Every route of the API and who it is for. A route that is not here fails the test. */
final class RouteTable {
  private static final String SERVER =
      "{'name':'pve-x','host':'pve-x','tokenId':'m@pve!m','tokenSecret':'s'}";

  static final List<Route> ROUTES =
      List.of(
          Route.of("POST", "/api/v1/login", ANYBODY),
          Route.of("POST", "/api/v1/login/refresh", ANYBODY),
          Route.of("POST", "/api/v1/logout", SELF),
          Route.of("PUT", "/api/v1/me/password", SELF),
          Route.of("GET", "/api/v1/users", ADMIN),
          Route.of("POST", "/api/v1/users", ADMIN),
          user("GET", ""),
          user("PATCH", "").with("{'role':'viewer'}"),
          user("POST", "/password"),
          user("DELETE", ""),
          Route.of("GET", "/api/v1/tokens", ADMIN),
          Route.of("POST", "/api/v1/tokens", ADMIN),
          token("GET"),
          token("PATCH").with("{'role':'viewer'}"),
          token("DELETE"),
          Route.of("GET", "/api/v1/tenants", ADMIN),
          Route.of("POST", "/api/v1/tenants", ADMIN),
          tenant("GET"),
          tenant("PATCH"),
          tenant("DELETE"),
          Route.of("GET", "/api/v1/sites", VIEWER),
          Route.of("POST", "/api/v1/sites", ADMIN),
          site("GET", "", VIEWER),
          site("PATCH", "", ADMIN).with("{'name':'x'}"),
          site("DELETE", "", ADMIN),
          site("GET", "/agent-tokens", ADMIN),
          site("POST", "/agent-tokens", ADMIN).with("{'name':'x'}"),
          Route.one(
              "DELETE",
              "/api/v1/sites/{site}/agent-tokens/{id}",
              ADMIN,
              made -> "/api/v1/sites/" + made.site() + "/agent-tokens/" + made.agentToken()),
          Route.of("GET", "/api/v1/audit", ADMIN),
          Route.of("GET", "/api/v1/servers", VIEWER),
          Route.of("POST", "/api/v1/servers", ADMIN).with(SERVER),
          Route.of("POST", "/api/v1/servers/test", ADMIN).with(SERVER),
          Route.of("POST", "/api/v1/servers/health-check", OPERATOR),
          Route.of("POST", "/api/v1/servers/import", ADMIN).with("{'servers':[]}"),
          Route.of("GET", "/api/v1/servers/import/template", VIEWER),
          Route.of("GET", "/api/v1/servers/export", VIEWER),
          server("GET", "", VIEWER),
          server("PUT", "", ADMIN).with(SERVER),
          server("PATCH", "", ADMIN).with("{'enabled':false}"),
          server("DELETE", "", ADMIN),
          server("POST", "/test", OPERATOR),
          server("PUT", "/maintenance", OPERATOR).with("{'until':'TOMORROW','reason':'x'}"),
          server("DELETE", "/maintenance", OPERATOR),
          Route.of("GET", "/api/v1/alerts/thresholds", VIEWER),
          threshold("PUT").with("{'limit':80}"),
          threshold("DELETE"),
          Route.of("GET", "/api/v1/health/providers", VIEWER),
          Route.of("GET", "/api/v1/link", AGENT));

  private RouteTable() {}

  private static Route user(String method, String more) {
    return Route.one(
        method, "/api/v1/users/{id}" + more, ADMIN, made -> "/api/v1/users/" + made.user() + more);
  }

  private static Route token(String method) {
    return Route.one(
        method, "/api/v1/tokens/{id}", ADMIN, made -> "/api/v1/tokens/" + made.token());
  }

  private static Route tenant(String method) {
    return Route.one(
        method, "/api/v1/tenants/{id}", ADMIN, made -> "/api/v1/tenants/" + made.tenant().id());
  }

  private static Route site(String method, String more, Access access) {
    return Route.one(
        method,
        "/api/v1/sites/{site}" + more,
        access,
        made -> "/api/v1/sites/" + made.site() + more);
  }

  private static Route threshold(String method) {
    return Route.one(
        method,
        "/api/v1/alerts/thresholds/{rule}",
        ADMIN,
        made -> "/api/v1/alerts/thresholds/node-cpu?server=" + made.server());
  }

  private static Route server(String method, String more, Access access) {
    return Route.one(
        method,
        "/api/v1/servers/{id}" + more,
        access,
        made -> "/api/v1/servers/" + made.server() + more);
  }
}
