package io.muster.control.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.muster.control.ControlRig;
import io.muster.control.Database;
import io.muster.control.OnBothDatabases;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Values that may get as far as the database, at every route: what can't be meant is the caller's
 * mistake and never a failure of ours. Every kind goes to every route, and every value to routes
 * that do most with one.
 */
@OnBothDatabases
class MalformedInputTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> VALUES =
      List.of(
          "null", "7", "\"\\u0000\"", "[null]", "{\"a\":null}", "\"" + "x".repeat(5_000) + "\"");

  private static final List<String> MORE_VALUES =
      List.of(
          "-1",
          "1e400",
          "9999999999999999999999",
          "true",
          "\"\"",
          "\"\\ud800\"",
          "[]",
          "[[]]",
          "[7]",
          "{}",
          "{\"servers\":[null],\"tags\":[null]}",
          "\"+999999999-12-31T23:59:59Z\"");

  private static final Set<String> BUSY_BODIES =
      Set.of("POST /api/v1/servers", "PATCH /api/v1/servers/{id}", "POST /api/v1/tokens");

  private static final List<String> SERVER_FIELDS =
      List.of("tags", "urls", "nodeAddresses", "proxy", "intervalSeconds", "servers");

  private static final List<String> IDS =
      List.of("no-uuid", "name:", "name:%00", "name:%ED%A0%80", "%zz", "name:" + "x".repeat(5_000));

  private static final List<String> MORE_IDS =
      List.of(
          "name:%FF%FE",
          "%",
          "%00",
          "..",
          "%2e%2e%2f",
          "00000000-0000-0000-0000-00000000000g",
          "0-0-0-0-0",
          "name:%E2%80%AE",
          "name:a%2Fb",
          "{id}",
          "name:'\"--");

  private static final Set<String> BUSY_IDS =
      Set.of("GET /api/v1/servers/{id}", "GET /api/v1/sites/{site}", "GET /api/v1/users/{id}");

  private static final List<String> QUERIES =
      List.of("page=99999999999999999999", "page=2147483647&size=1000", "q=%FF&page=", "%zz=%");

  private static final List<String> MORE_QUERIES =
      List.of(
          "size=-1",
          "page=NaN",
          "page=1&page=2",
          "page=1000000&size=1000",
          "q=%",
          "q=%00",
          "&&&=&=",
          "q[]=1",
          "status=%00",
          "status=none",
          "provider=none",
          "site=name:",
          "tag=%ED%A0%80",
          "sort=x",
          "dryRun=maybe",
          "update=%00",
          "trustSeen=true&seen=%00",
          "from=x&to=%00",
          "from=%2B999999999-12-31T23:59:59Z",
          "to=-999999999-01-01T00:00:00Z",
          "who=%FF",
          "subject=" + "x".repeat(5_000));

  private static final Set<String> BUSY_QUERIES =
      Set.of("GET /api/v1/servers", "GET /api/v1/audit", "POST /api/v1/servers/import");

  private final Thrower thrower;

  MalformedInputTest(Database database) {
    thrower = new Thrower(ControlRig.on(database));
  }

  @AfterEach
  void nothingElseWasAnswered() {
    thrower.end();
  }

  @Test
  void busyRoutes_areRoutes() {
    List<String> routes = RouteTable.ROUTES.stream().map(Route::key).toList();
    assertThat(routes).containsAll(BUSY_BODIES).containsAll(BUSY_IDS).containsAll(BUSY_QUERIES);
    thrower.noFailure(thrower.sound(RouteTable.ROUTES.getLast()));
  }

  @Test
  void fieldOfAnotherKind_isTheCallersMistake() throws Exception {
    for (Route route : Thrower.routes(Thrower::hasBody)) {
      RawRequest sound = thrower.sound(route);
      for (String body : bodies(route)) {
        thrower.noFailure(sound.with(body));
      }
    }
  }

  /** The route's body with each of its fields made wrong in each way. */
  private static List<String> bodies(Route route) throws JsonProcessingException {
    ObjectNode sound = (ObjectNode) JSON.readTree(Thrower.body(route));
    List<String> fields = new ArrayList<>();
    sound.fieldNames().forEachRemaining(fields::add);
    boolean busy = BUSY_BODIES.contains(route.key());
    List<String> bodies = new ArrayList<>();
    for (String field : fields) {
      bodies.addAll(bodies(sound, field, VALUES));
      bodies.addAll(bodies(sound, field, busy ? MORE_VALUES : List.of()));
    }
    for (String field : busy ? SERVER_FIELDS : List.<String>of()) {
      bodies.addAll(bodies(sound, field, VALUES));
    }
    return bodies;
  }

  private static List<String> bodies(ObjectNode sound, String field, List<String> values) {
    // A mapper has no words for 1e400 and half a character: the text is put in as it is.
    String marked = sound.deepCopy().put(field, "HERE").toString();
    return values.stream().map(value -> marked.replace("\"HERE\"", value)).toList();
  }

  @Test
  void idOfAnotherForm_isTheCallersMistake() {
    for (Route route : Thrower.routes(Route::ofOne)) {
      RawRequest sound = thrower.sound(route);
      List<String> ids = new ArrayList<>(IDS);
      if (BUSY_IDS.contains(route.key())) {
        ids.addAll(MORE_IDS);
      }
      String[] template = route.template().split("/", -1);
      for (int i = 0; i < template.length; i++) {
        if (template[i].startsWith("{")) {
          for (String id : ids) {
            String[] path = sound.target().split("/", -1);
            path[i] = id;
            thrower.noFailure(sound.at(String.join("/", path)));
          }
        }
      }
    }
  }

  @Test
  void queryWithNonsense_isTheCallersMistake() {
    for (Route route : Thrower.routes(MalformedInputTest::hasQuery)) {
      RawRequest sound = thrower.sound(route);
      List<String> queries = new ArrayList<>(QUERIES);
      if (BUSY_QUERIES.contains(route.key())) {
        queries.addAll(MORE_QUERIES);
      }
      queries.forEach(query -> thrower.noFailure(sound.at(sound.target() + "?" + query)));
    }
  }

  private static boolean hasQuery(Route route) {
    return route.method().equals("GET") || BUSY_QUERIES.contains(route.key());
  }

  @Test
  void headerWithNonsense_isTheCallersMistake() {
    Map<String, List<String>> headers =
        Map.of(
            "If-Match", List.of("x", "\"", "\"99999999999999999999\"", "*, \"", "W/\"1\""),
            "X-Forwarded-For", List.of("x", ",", "999.1.1.1", "[::", "1.2.3.4:99999", "é"),
            "Authorization",
                List.of("Bearer", "Bearer ", "Basic %%%", "Bearer mst_é", "Bearer a.b.c"));
    for (Route route : Thrower.routes(route -> BUSY_BODIES.contains(route.key()))) {
      RawRequest sound = thrower.sound(route);
      headers.forEach((name, values) ->
          values.forEach(value -> thrower.noFailure(sound.withHeader(name, value))));
    }
  }
}
