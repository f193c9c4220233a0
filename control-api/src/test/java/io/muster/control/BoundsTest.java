package io.muster.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.muster.control.Client.Answer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OnBothDatabases
class BoundsTest {
  private final Client admin;

  BoundsTest(Database database) {
    admin = ControlRig.on(database).tenant().admin();
  }

  @Test
  void bodyAboveTheBound_isTooLarge() {
    Answer answer = admin.post("/api/v1/sites", "{\"name\": \"" + "x".repeat(1_300_000) + "\"}");

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.code()).isEqualTo("too-large");
  }

  @Test
  void deeplyNestedJson_isRefused() {
    String deep = "[".repeat(100_000) + "]".repeat(100_000);

    for (String path :
        new String[] {"/api/v1/sites", "/api/v1/servers", "/api/v1/servers/import"}) {
      Answer answer = admin.post(path, "{\"name\": " + deep + "}");
      assertThat(answer.status()).as(path).isEqualTo(400);
      assertThat(answer.code()).as(path).isNotEmpty();
    }
  }

  @Test
  void longHeader_isRefused() {
    Answer answer = admin.send("GET", "/api/v1/sites", null, Map.of("X-Long", "x".repeat(20_000)));

    assertThat(answer.status()).isIn(400, 413, 431);
  }

  @Test
  void longAddress_isRefused() {
    assertThat(admin.get("/api/v1/sites?x=" + "x".repeat(10_000)).status()).isIn(400, 413, 414);
  }

  @Test
  void pagesOutOfBounds_areFieldProblems() {
    for (String query : new String[] {"size=1001", "size=0", "page=-1", "size=many"}) {
      Answer answer = admin.get("/api/v1/sites?" + query);
      assertThat(answer.status()).as(query).isEqualTo(400);
      assertThat(answer.json().at("/errors/0/field").asText())
          .as(query)
          .isEqualTo(query.substring(0, query.indexOf('=')));
      assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }
  }

  @Test
  void longLists_areRefused() {
    List<Integer> many = IntStream.range(0, 300).boxed().toList();
    Answer answer =
        admin.post(
            "/api/v1/servers",
            Map.of(
                "name", "pve",
                "tags", many.stream().map(i -> "t" + i).toList(),
                "urls", many.stream().map(i -> "https://h" + i).toList(),
                "nodeAddresses",
                    many.stream().collect(Collectors.toMap(i -> "n" + i, i -> "https://h" + i))));

    assertThat(answer.json().path("errors").findValuesAsText("field"))
        .as(answer.toString())
        .contains("tags", "urls", "nodeAddresses");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          POST | tokens           | {'name':'n','role':'viewer','scope':{'servers':[null],'tags':[null]}}
          POST | tokens           | {'name':'n','role':'viewer','expiresAt':'+999999999-01-01T00:00:00Z'}
          POST | servers          | {'name':'n','intervalSeconds':1e4000}
          POST | servers          | []
          POST | users            | null
          GET  | sites?page=1e9   |
          """)
  void nonsense_isTheCallersMistake(String method, String path, @Nullable String body) {
    Answer answer =
        admin.send(
            method, "/api/v1/" + path, body == null ? null : body.replace('\'', '"'), Map.of());

    assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
    assertThat(answer.json().path("detail").asText()).doesNotStartWith(":");
    if (body == null) {
      assertThat(answer.body()).doesNotContain("JSON").doesNotContain("a int");
    }
  }

  /** PostgreSQL keeps no NUL; H2 does. */
  @Test
  void nulCharacter_isNeverAFailureOfOurs() {
    for (String path :
        new String[] {
          "servers?q=%00", "servers?tag=%00", "servers?site=%00", "servers?provider=%00",
          "servers/name:%00", "sites/name:%00", "audit?who=%00", "audit?subject=%00"
        }) {
      Answer answer = admin.get("/api/v1/" + path);
      assertThat(answer.status()).as(answer.toString()).isIn(200, 400, 404);
    }
    for (String path : new String[] {"login", "users", "sites", "tokens", "servers"}) {
      Answer answer =
          admin.post(
              "/api/v1/" + path,
              Map.of("username", "\0", "password", "\0", "name", "\0", "role", "viewer"));
      assertThat(answer.status()).as(answer.toString()).isIn(400, 401);
    }
  }

  @Test
  void unknownAddressMethodAndType_areProblems() {
    assertThat(admin.get("/api/v1/nothing").code()).isEqualTo("not-found");
    assertThat(admin.put("/api/v1/sites", "{}").code()).isEqualTo("method-not-allowed");
    assertThat(
            admin
                .send("POST", "/api/v1/sites", "name", Map.of("Content-Type", "text/plain"))
                .code())
        .isEqualTo("unsupported-media-type");
  }
}
