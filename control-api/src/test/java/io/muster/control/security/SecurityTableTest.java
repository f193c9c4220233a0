package io.muster.control.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.web.router.Router;
import io.muster.control.Client;
import io.muster.control.Client.Answer;
import io.muster.control.ControlRig;
import io.muster.control.Database;
import io.muster.control.OnBothDatabases;
import io.muster.control.caller.Role;
import io.muster.control.caller.Scope;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Walks every route with everybody who may knock. */
@OnBothDatabases
class SecurityTableTest {
  private final ControlRig rig;

  SecurityTableTest(Database database) {
    rig = ControlRig.on(database);
  }

  @Test
  void table_hasEveryRouteAndNoOther() {
    Set<String> routes =
        rig.bean(Router.class)
            .uriRoutes()
            .filter(route -> route.getPort() == null)
            .map(route ->
                route.getHttpMethodName() + " " + route.getUriMatchTemplate().toPathString())
            .filter(route -> !route.startsWith("HEAD ") && !route.startsWith("OPTIONS "))
            .collect(Collectors.toSet());

    assertThat(RouteTable.ROUTES.stream().map(Route::key))
        .containsExactlyInAnyOrderElementsOf(routes);
  }

  @Test
  void eachRoute_isOpenToWhomItIsForAndToNobodyElse() {
    assertThat(RouteTable.ROUTES.parallelStream().flatMap(route -> wrong(route).stream()).toList())
        .isEmpty();
  }

  /** What somebody is answered who should be answered otherwise. */
  private List<String> wrong(Route route) {
    List<String> wrong = new ArrayList<>();
    Fixture mine = new Fixture(rig);
    Fixture others = new Fixture(rig);
    // One thing for all: who may take it away knocks last.
    String path = route.path().apply(mine);
    for (Knock knock : knocks(route, mine, others)) {
      if (path.endsWith("/stream")) {
        int status = knock.client().begin(path);
        if (!knock.expected().test(status)) {
          wrong.add(knock.who() + " at " + path + ": " + status);
        }
        continue;
      }
      Answer answer = knock.send(route, path);
      if (!knock.expected().test(answer.status())) {
        wrong.add(knock.who() + " at " + answer);
      }
    }
    return wrong;
  }

  private record Knock(String who, Client client, IntPredicate expected) {
    Answer send(Route route, String path) {
      return client.send(
          route.method(),
          path,
          route.method().equals("GET") || route.method().equals("DELETE")
              ? null
              : route.body().replace("TOMORROW", Instant.now().plus(1, ChronoUnit.DAYS).toString()),
          Map.of());
    }
  }

  private List<Knock> knocks(Route route, Fixture mine, Fixture others) {
    IntPredicate in =
        // 503: let in, but the site has no agent here to ask.
        status -> status != 401 && status != 403 && (status < 500 || status == 503);
    IntPredicate unknown = status -> status == 401;
    IntPredicate refused = status -> status == 403;
    IntPredicate absent = status -> status == 404;
    boolean open = route.access() == Access.ANYBODY;
    List<Knock> knocks = new ArrayList<>();
    knocks.add(new Knock("nobody", rig.with(null), open ? in : unknown));
    knocks.add(
        new Knock("an expired login", mine.tenant().expired(Role.ADMIN), open ? in : unknown));
    knocks.add(
        new Knock(
            "an expired token",
            rig.with(mine.tenant().token(Role.ADMIN, Scope.ALL, Instant.EPOCH)),
            open ? in : unknown));
    knocks.add(
        new Knock(
            "an agent",
            rig.with(mine.tenant().agentToken(mine.site())),
            open || route.access() == Access.AGENT ? in : refused));
    for (Role role : Role.values()) {
      boolean admitted = route.access().admits(role);
      knocks.add(
          new Knock(
              "another tenant's " + role.label(),
              others.tenant().signedIn(role),
              admitted ? (route.ofOne() ? absent : inOrNotTheInstallations(route, in)) : refused));
    }
    for (Role role : Role.values()) {
      knocks.add(
          new Knock(
              role.label(),
              mine.tenant().signedIn(role),
              route.access().admits(role) ? inOrNotTheInstallations(route, in) : refused));
    }
    return knocks;
  }

  /** Changing tenants is for admins of the installation, which neither of the two tenants has. */
  private static IntPredicate inOrNotTheInstallations(Route route, IntPredicate in) {
    return route.template().startsWith("/api/v1/tenants") && !route.method().equals("GET")
        ? status -> status == 403 || status == 400
        : in;
  }
}
