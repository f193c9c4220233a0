package io.muster.control.security;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.muster.control.ControlRig;
import io.muster.control.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that no route can read: the caller's mistake, before any database is asked. Every kind
 * goes to every route, and all of them to some.
 */
class MalformedRequestTest {
  private static final String IMPORT = "POST /api/v1/servers/import";

  private static final List<String> NO_OBJECTS =
      List.of("", "{", "null", "7", "{\"name\":\"\u00e9\"}", "\0");

  private static final List<String> MORE_NO_OBJECTS =
      List.of(
          " ",
          "nul",
          "\"text\"",
          "true",
          "{\"a\":}",
          "{\"name\":\"\\ud800\"}",
          "{\"name\":\"\\u0000\"}",
          "\u00ff\u00fe\0\0",
          "[".repeat(2_000));

  private static final List<String> ODD_BODIES =
      List.of("[]", "[null]", "[{}]", "{}}", "{\"\":null}", "\u00fe\u00ff\0{\0}");

  private static final List<String> TYPES =
      List.of(
          "no type at all", "application/json; charset=nonsense", "multipart/form-data; boundary=");

  private static final List<String> MORE_TYPES =
      List.of(
          "text/plain",
          "application/xml",
          "*/*",
          "application/x-www-form-urlencoded",
          "application/json; charset=",
          "text/csv",
          "text/csv; charset=nonsense",
          "multipart/form-data",
          "multipart/form-data; boundary=" + "b".repeat(300),
          "multipart/mixed; boundary=b");

  private static final Map<String, List<String>> HEADERS =
      Map.of(
          "Accept",
              List.of("nonsense", "application/xml", "*/*;q=nan", ";", "application/json;q=2"),
          "Accept-Language", List.of("x-*-%", ";q=1"),
          "Cookie", List.of("=", "a", "muster_session=\"", ";;;"),
          "Content-Encoding", List.of("gzip", "deflate", "nonsense"),
          "Expect", List.of("nonsense"),
          "Range", List.of("bytes=9-1"));

  private static final Set<String> BUSY =
      Set.of("POST /api/v1/servers", "PATCH /api/v1/servers/{id}", "POST /api/v1/users", IMPORT);

  private final Thrower thrower = new Thrower(ControlRig.on(Database.H2));

  @AfterEach
  void nothingElseWasAnswered() {
    thrower.end();
  }

  @Test
  void bodyThatIsNoObject_isTheCallersMistake() {
    for (Route route : Thrower.routes(Thrower::hasBody)) {
      RawRequest sound = thrower.sound(route);
      List<String> bodies = new ArrayList<>(NO_OBJECTS);
      List<String> odd = new ArrayList<>(ODD_BODIES.subList(0, 2));
      if (BUSY.contains(route.key())) {
        bodies.addAll(MORE_NO_OBJECTS);
        odd.addAll(ODD_BODIES);
      }
      // A route that takes no body looks at none.
      if (!Thrower.body(route).equals("{}")) {
        bodies.forEach(body -> thrower.refused(sound.with(body)));
      }
      odd.forEach(body -> thrower.noFailure(sound.with(body)));
      thrower.noFailure(sound.withoutBody());
    }
  }

  @Test
  void contentOfAnotherType_isTheCallersMistake() {
    for (Route route : Thrower.routes(Thrower::hasBody)) {
      RawRequest sound = thrower.sound(route);
      List<String> types = new ArrayList<>(TYPES);
      if (BUSY.contains(route.key())) {
        types.addAll(MORE_TYPES);
      }
      types.forEach(type -> thrower.noFailure(sound.withHeader("Content-Type", type)));
    }
  }

  @Test
  void headerWithNonsense_isTheCallersMistake() {
    for (Route route : Thrower.routes(route -> BUSY.contains(route.key()))) {
      RawRequest sound = thrower.sound(route);
      HEADERS.forEach((name, values) ->
          values.forEach(value -> thrower.noFailure(sound.withHeader(name, value))));
    }
  }

  /** What stands between the boundaries; {@code |} is a line break. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "--b--|",
        "--b|",
        "--b||name,host,api_token|--b--|",
        "--b|Content-Disposition: form-data||name,host,api_token|--b--|",
        "--b|Content-Disposition: form-data;||name,host,api_token|--b--|",
        "--b|Content-Disposition: form-data; name=||name,host,api_token|--b--|",
        "--b|Content-Disposition: form-data; name=\"\"; filename=\"a.csv\"||name|--b--|",
        "--b|Content-Disposition: form-data; filename=\"a.csv\"||name,host,api_token|--b--|",
        "--b|Content-Disposition: form-data; name=\"file\"||name,host,api_token|--b--|",
        "--b|Content-Disposition: form-data; name=\"other\"; filename=\"a.csv\"||name|--b--|",
        "--b|Content-Disposition: form-data; name=\"file\"; filename=\"a\"|"
            + "Content-Type: text/csv; charset=nonsense||name,host,api_token|--b--|",
        "--b|Content-Disposition: form-data; name=\"file\"; filename=\"a\"|"
            + "Content-Transfer-Encoding: nonsense||name,host,api_token|--b--|",
        "--b|Content-Disposition: form-data; name=\"file\"; filename=\"a.json\"||name|--b--|",
        "--b|Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"||name,host",
        "--b|Content-Disposition: nonsense||name,host,api_token|--b--|",
        "--b|: |||name,host,api_token|--b--|",
        "--c||name,host,api_token|--c--|"
      })
  void brokenForm_isTheCallersMistake(String form) {
    Route route = Thrower.routes(one -> one.key().equals(IMPORT)).getFirst();

    thrower.refused(
        thrower
            .sound(route)
            .withHeader("Content-Type", "multipart/form-data; boundary=b")
            .with(new String(form.replace("|", "\r\n").getBytes(UTF_8), ISO_8859_1)));
  }
}
