package io.muster.control.security;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Walks every route with callers who see a part of the tenant. */
@OnBothDatabases
class ScopeTableTest {
  private static final Pattern SERVER = Pattern.compile("(?:/servers/|server=)([0-9a-f-]{36})");

  private final ControlRig rig;

  ScopeTableTest(Database database) {
    rig = ControlRig.on(database);
  }

  /** What of the server that a route is about somebody sees. */
  private enum Part {
    BY_ID,
    BY_TAG,
    SINGLE_VM,
    GROUP_OF_IT,
    ELSEWHERE;

    Scope scope(UUID server) {
      return switch (this) {
        case BY_ID -> new Scope(Set.of(server), Set.of(), Set.of(), Set.of());
        case BY_TAG -> new Scope(Set.of(), Set.of(), Set.of(Fixture.TAG), Set.of());
        case SINGLE_VM -> new Scope(Set.of(), Set.of(), Set.of(), Set.of(server + "/qemu:101"));
        case GROUP_OF_IT -> new Scope(Set.of(), Set.of(server + "/shop"), Set.of(), Set.of());
        case ELSEWHERE -> new Scope(Set.of(UUID.randomUUID()), Set.of(), Set.of(), Set.of());
      };
    }

    /** What a route answers to an operator of this part; 0 = whatever lets in. */
    int expected(Route route) {
      if (!route.access().admits(Role.OPERATOR) || route.access() == Access.SELF) {
        return 403;
      }
      return switch (this) {
        case BY_ID, BY_TAG -> 0;
        case SINGLE_VM, GROUP_OF_IT -> isOfAllOfAServer(route) ? 403 : 0;
        case ELSEWHERE -> route.ofOne() ? 404 : 0;
      };
    }

    private static boolean isOfAllOfAServer(Route route) {
      boolean ofServer =
          route.template().startsWith("/api/v1/servers/{id}")
              && !route.key().equals("GET /api/v1/servers/{id}");
      boolean ofVm = route.template().startsWith("/api/v1/servers/{id}/vms/");
      return (ofServer && !ofVm) || NUMBERS_OF_A_SERVER.equals(route.key());
    }
  }

  /** The route that the table asks for a number of nodes. */
  private static final String NUMBERS_OF_A_SERVER = "GET /api/v1/metrics/history";

  /** Let in, and there is none: no VM and no cluster has rows in QuestDB. */
  private static final Set<String> ROWS_THAT_ARE_NOT_THERE =
      Set.of(
          "/api/v1/servers/{id}/vms/{vmId}",
          "/api/v1/infrastructure/clusters/{name}",
          "/api/v1/infrastructure/clusters/{name}/nodes/{node}",
          "/api/v1/infrastructure/clusters/{name}/nodes/{node}/workloads");

  @Test
  void eachRoute_keepsToThePartThatIsGranted() {
    assertThat(RouteTable.ROUTES.parallelStream().flatMap(route -> wrong(route).stream()).toList())
        .isEmpty();
  }

  /** What is answered that should not be. */
  private List<String> wrong(Route route) {
    List<String> wrong = new ArrayList<>();
    Fixture mine = new Fixture(rig);
    String path = route.path().apply(mine);
    Matcher named = SERVER.matcher(path);
    UUID server = UUID.fromString(named.find() ? named.group(1) : mine.server());
    for (Part part : parts(route)) {
      int status = status(route, path, mine, part.scope(server));
      int expected = part.expected(route);
      boolean empty = status == 404 && ROWS_THAT_ARE_NOT_THERE.contains(route.template());
      if (expected == 0 ? !isIn(status) && !empty : status != expected) {
        wrong.add(part + " at " + route.key() + ": " + status + ", not " + expected);
      }
    }
    return wrong;
  }

  /** A role that is refused is refused whatever it sees. */
  private static List<Part> parts(Route route) {
    return route.access().admits(Role.OPERATOR) ? List.of(Part.values()) : List.of(Part.BY_ID);
  }

  @Test
  void noList_showsWhatIsNotGranted() {
    Fixture mine = new Fixture(rig);
    UUID seen = UUID.fromString(mine.server());
    UUID hidden = UUID.fromString(mine.serverElsewhere());
    String hiddenServer = mine.tenant().admin().get("/api/v1/servers/" + hidden).body();
    String hiddenName = text(hiddenServer, "name");
    String hiddenSite = text(hiddenServer, "site");
    List<String> wrong = new ArrayList<>();
    for (Route route : RouteTable.ROUTES) {
      if (!route.method().equals("GET")
          || route.ofOne()
          || isStream(route)
          || !route.access().admits(Role.VIEWER)) {
        continue;
      }
      for (Part part : Part.values()) {
        Answer answer = knock(route, route.path().apply(mine), mine, part.scope(seen));
        if (answer.body().contains(hidden.toString())
            || answer.body().contains(hiddenName)
            || answer.body().contains(hiddenSite)
            || (part != Part.BY_ID
                && part != Part.BY_TAG
                && answer.body().contains(Fixture.HOST))) {
          wrong.add(part + " at " + answer);
        }
      }
    }

    assertThat(wrong).isEmpty();
  }

  /** The API makes no narrowed admins; if there were one, this is what the audit would show. */
  @Test
  void audit_showsTheServersInSightAlone() {
    Fixture mine = new Fixture(rig);
    UUID seen = UUID.fromString(mine.server());
    mine.serverElsewhere();
    mine.token();
    Client admin = mine.tenant().admin();
    assertThat(admin.patch("/api/v1/servers/" + seen, Map.of("enabled", false)).status())
        .isEqualTo(200);
    for (Part part : Part.values()) {
      Client narrowed = rig.with(mine.tenant().token(Role.ADMIN, part.scope(seen), null));
      List<String> expected =
          switch (part) {
            case BY_ID, BY_TAG -> List.of("update " + seen, "create " + seen);
            case SINGLE_VM, GROUP_OF_IT, ELSEWHERE -> List.of();
          };
      assertThat(audit(narrowed)).as("%s", part).isEqualTo(expected);
    }
    assertThat(audit(admin)).hasSize(4);
    assertThat(admin.delete("/api/v1/servers/" + seen).status()).isEqualTo(204);

    assertThat(audit(rig.with(mine.tenant().token(Role.ADMIN, Part.BY_ID.scope(seen), null))))
        .as("granted by its id, and gone")
        .startsWith("delete " + seen)
        .hasSize(3);
  }

  private static List<String> audit(Client client) {
    Answer answer = client.get("/api/v1/audit");
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    List<String> entries =
        answer
            .json()
            .path("items")
            .valueStream()
            .map(entry -> entry.path("verb").asText() + " " + entry.at("/subject/id").asText())
            .toList();
    assertThat(answer.json().path("total").asInt()).isEqualTo(entries.size());
    return entries;
  }

  /** What goes on for ever: what it shows is proved where its events are. */
  private static boolean isStream(Route route) {
    return route.template().endsWith("/stream");
  }

  private int status(Route route, String path, Fixture mine, Scope scope) {
    return isStream(route)
        ? rig.with(mine.tenant().token(Role.OPERATOR, scope, null)).begin(path)
        : knock(route, path, mine, scope).status();
  }

  private Answer knock(Route route, String path, Fixture mine, Scope scope) {
    return rig.with(mine.tenant().token(Role.OPERATOR, scope, null))
        .send(
            route.method(),
            path,
            route.method().equals("GET") || route.method().equals("DELETE")
                ? null
                : route
                    .body()
                    .replace("TOMORROW", Instant.now().plus(1, ChronoUnit.DAYS).toString()),
            Map.of());
  }

  /** 503: let in, but the site has no agent here to ask. */
  private static boolean isIn(int status) {
    return status != 401 && status != 403 && status != 404 && (status < 500 || status == 503);
  }

  private static String text(String json, String field) {
    Matcher found = Pattern.compile("\"" + field + "\":\"([^\"]+)\"").matcher(json);
    assertThat(found.find()).isTrue();
    return String.valueOf(found.group(1));
  }
}
